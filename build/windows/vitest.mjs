// Replaces vitest in the bundles: its runner and `expect`, without its workers.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chai, createExpect, vi as realVi } from 'vitest';
import { running } from './running.mjs';

export {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  it,
  onTestFailed,
  onTestFinished,
  test,
} from 'vitest';

export const expect = createExpect();

// A file snapshot is compared by its text, and never written.
chai.use(({ util, Assertion }) => {
  /**
   * @this {{ _obj: unknown }}
   * @param {string} file
   */
  const toMatchFileSnapshot = async function (file) {
    expect(this._obj).toBe(readFileSync(path.resolve(running.folder, file), 'utf8'));
  };
  util.addMethod(Assertion.prototype, 'toMatchFileSnapshot', toMatchFileSnapshot);
});

/** @type {Map<string, string | undefined>} */
const before = new Map();

/** @param {string} name @param {string | undefined} value */
const setVariable = (name, value) => {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
};

/** @type {import('vitest').VitestUtils} */
export const vi = Object.assign(Object.create(realVi), {
  // The bundle replaces Electron already, so no mock is needed.
  mock: () => {},
  unmock: () => {},
  /** @template T @param {() => T} make @returns {T} */
  hoisted: (make) => make(),
  /** @param {string} name @param {string | undefined} value */
  stubEnv: (name, value) => {
    if (!before.has(name)) before.set(name, process.env[name]);
    setVariable(name, value);
  },
  unstubAllEnvs: () => {
    for (const [name, value] of before) setVariable(name, value);
    before.clear();
  },
});
