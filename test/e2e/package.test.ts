import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { beforeAll, describe, onTestFinished, test } from 'vitest';
import { launchCommand } from '../../build/launch.mjs';
import { checkPacked, electronVersionOf } from '../../build/package/check.mjs';
import type { Packed } from '../../build/package/paths.mjs';
import { expect } from '../support/expect.ts';
import { httpAnswer, openFaultServer, TEST_AUTHORITY_FILE } from '../support/fault-server.ts';
import { packForTests, startPackaged, type Start } from '../support/packaged.ts';
import type { Installation } from '../support/installation.ts';
import { invite } from '../support/user-actions.ts';
import { anInstallation } from './open-installation.ts';

const PACKING_MS = 120_000;
const THREE_STARTS_MS = 120_000;
/** The first check of the feed, with time for a busy machine. */
const UPDATE_MS = 45_000;

/** Ends before it opens anything: the test only checks which program reads the rest of the command line. */
const REFUSED = '--remote-debugging-port=0';

let packed: Packed;
beforeAll(async () => {
  packed = await packForTests();
}, PACKING_MS);

describe('the check of the package (row 97)', () => {
  test('finds nothing in a correct package', async () => {
    expect(await checkPacked(packed)).toEqual([]);
  });

  test('finds the Electron version, and one that is too old or lacks its licences', async () => {
    expect(electronVersionOf(packed.executable)).toBe(launchedElectron());
    // Without the mark the package would be passed on.
    const surprises = await checkPacked({ ...packed, folder: await aFolder() });
    expect(surprises).toEqual(
      expect.arrayContaining([
        'LICENSE.electron.txt is missing',
        'LICENSES.chromium.html is missing',
      ]),
    );
    const isOld = Number.parseInt(launchedElectron(), 10) < 41;
    expect(surprises.some((one) => one.endsWith('is too old to be passed on'))).toBe(isOld);
  });

  test('finds a fuse with a wrong value', async () => {
    const executable = join(await aFolder(), 'deskbell');
    await copyFile(packed.executable, executable);
    await flipFuses(executable, {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: false,
    });
    expect(await checkPacked({ ...packed, executable })).toEqual([
      'fuse RunAsNode is on',
      'fuse OnlyLoadAppFromAsar is off',
    ]);
  });

  test('finds unlisted files, and modules that are missing or made for another machine', async () => {
    const resources = await aFolder();
    await cp(packed.resources, resources, { recursive: true });
    const modules = join(resources, 'app.asar.unpacked/node_modules');
    const keytar = `keytar/prebuilds/${packed.platform}-${packed.architectures[0] ?? ''}/keytar.node`;
    await writeFile(join(resources, 'notes.txt'), '');
    await writeFile(join(modules, 'stranger.node'), '');
    await writeFile(join(modules, keytar), 'no module');
    expect(await checkPacked({ ...packed, resources })).toEqual([
      'app.asar.unpacked holds node_modules/stranger.node',
      'the resources hold notes.txt',
      expect.stringContaining('is made for no known machine'),
    ]);
    await rm(join(modules, keytar));
    expect(await checkPacked({ ...packed, resources })).toContain(
      `node_modules/${keytar} is missing`,
    );
  });
});

// Elsewhere Electron checks the archive against the hash in its signed part before it runs any of it.
test.runIf(process.platform !== 'linux')(
  'does not start with one changed byte in the archive (row 97)',
  async () => {
    const archive = join(packed.resources, 'app.asar');
    const whole = await readFile(archive);
    onTestFinished(() => writeFile(archive, whole));
    const changed = Buffer.from(whole);
    const at = changed.indexOf('"out"');
    changed[at + 1] = 'x'.charCodeAt(0);
    await writeFile(archive, changed);
    expect(await startPackaged(packed, { args: [] }).ended).not.toBe(0);
  },
);

// Elsewhere a dialog shows the text and waits for a person.
describe.runIf(process.platform === 'linux')('the packaged application (row 96)', () => {
  test.each([
    '--remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--inspect=0',
    '--inspect-brk=0',
    '--js-flags=--expose-gc',
    '--proxy-server=127.0.0.1:9',
    '--proxy-pac-url=http://127.0.0.1:9/',
    '--host-rules=MAP * 127.0.0.1',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--ignore-certificate-errors',
    '--disable-web-security',
    '--load-extension=/tmp',
  ])('refuses %s', async (refused) => {
    const { code, output } = await run({ args: [refused] });
    expect(code).toBe(1);
    expect(output).toContain('Deskbell can’t start with this switch');
    expect(output).toContain(refused);
    expect(output).not.toMatch(/listening on/i);
  });

  test('does not run as Node', async () => {
    const { code, output } = await run({
      args: ['-p', '6 * 7', REFUSED],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(code).toBe(1);
    expect(output).toContain('Deskbell can’t start with this switch');
  });

  test('loads nothing that the environment names', async () => {
    const folder = await aFolder();
    const trace = join(folder, 'was-here');
    const script = join(folder, 'intruder.cjs');
    await writeFile(script, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '');`);
    await run({ args: [REFUSED], env: { NODE_OPTIONS: `--require=${script}` } });
    expect(existsSync(trace)).toBe(false);
  });
});

test.runIf(process.platform === 'linux')(
  'the packaged application sends waiting invitations only to the configured address, and quits normally (row 98)',
  async () => {
    const elsewhere = await openFaultServer({
      onRequest: (socket) => socket.end(httpAnswer(200, {}, '{}')),
    });
    onTestFinished(elsewhere.close);
    const installation = await anInstallation();
    await leaveOneWaiting(installation);

    const url = `http://127.0.0.1:${elsewhere.port}/v2`;
    const running = startPackaged(packed, {
      args: [`--user-data-dir=${installation.dataFolder}`, `--config=${installation.configFile}`],
      env: {
        PARTOO_BASE_URL: url,
        PARTOO_API_URL: url,
        DESKBELL_API_URL: url,
        API_URL: url,
        apiUrl: url,
        npm_config_apiUrl: url,
      },
    });
    await expect.poll(installation.sends).toMatchObject([{ target_phone: '+33639980012' }]);
    await expect.poll(() => eventsOf(installation)).toContain('shown');
    expect(await running.quit()).toBe(0);
    expect(elsewhere.connections()).toBe(0);

    const events = await eventsOf(installation);
    expect(events).not.toContain('bug');
    expect(events.at(-1)).toBe('stopped');
    const app = await installation.open();
    await app.tab('History').click();
    await expect(app.row('Marie Dupont')).toContainText('Accepted');
    expect(installation.vendor.sms()).toHaveLength(1);
  },
  THREE_STARTS_MS,
);

test.runIf(process.platform === 'linux')(
  'second starts with any arguments leave the first one running (rows 13, 98, 120)',
  async () => {
    const installation = await anInstallation({ settings: { deepLink: true } });
    const here = [
      `--user-data-dir=${installation.dataFolder}`,
      `--config=${installation.configFile}`,
    ];
    const running = startPackaged(packed, { args: here });
    await expect.poll(() => allEventsOf(installation)).toContain('started');
    const starts = [
      ['deskbell://invite?phone=0639980012&name=Marie'],
      ['--', 'deskbell://invite?phone=0639980012', '--inspect=0'],
      ['deskbell://invite?phone=0639980012', 'deskbell://invite?phone=0639980013'],
      ['deskbell://invite?phone=0639980012"--gpu-launcher=touch'],
      ['deskbell:', 'deskbell://', 'DESKBELL://settings/../../etc', 'deskbell://invite?phone=%00'],
      [`deskbell://invite?phone=${'9'.repeat(100_000)}`],
      ['javascript:alert(1)', 'file:///etc/passwd', 'https://elsewhere.example/', '/etc/passwd'],
      ['', ' ', '\u202E', '💥', '%s%n', '../../..', '-', '--', '---'],
      Array.from({ length: 2_000 }, (_, at) => `argument-${at}`),
      ['--hidden'],
      ['--apiUrl=http://127.0.0.1:9', '--practice', '--config=/nowhere'],
    ];
    for (const args of starts) {
      const second = startPackaged(packed, { args: [...here, ...args] });
      // A refused switch counts anywhere, and arguments that are too long are too long for the running application.
      const isRefused = args.includes('--inspect=0') || args.join('').length > 16 * 1024;
      expect(await second.ended).toBe(isRefused ? 1 : 0);
    }
    const events = await allEventsOf(installation);
    expect(events).not.toContain('bug');
    expect(events.filter((event) => event === 'started')).toHaveLength(1);
    expect(installation.sends()).toEqual([]);
    expect(await running.quit()).toBe(0);
  },
  THREE_STARTS_MS,
);

// One test: each start reads its feed ten seconds later, all at the same time.
test.runIf(process.platform === 'linux')(
  '[row 184] downloads a newer version only from the signed https feed of IT, and does not install it (row 14)',
  async () => {
    const version = { version: '99.0.0', file: 'a newer Deskbell' };
    const elsewhere = await openFaultServer({
      onRequest: (socket) => socket.end(httpAnswer(200, CLOSING, version.file)),
    });
    onTestFinished(elsewhere.close);
    const redirect = `http://127.0.0.1:${elsewhere.port}/`;
    const good = await aFeed(version);
    const leadsAway = await aFeed({ ...version, redirect });
    const signedByAnother = await aFeed(version);
    const unsigned = await aFeed(version);
    const strangers = generateKeyPairSync('ed25519').publicKey;
    const [ofGood, ofLeadsAway, ofSignedByAnother, ofUnsigned] = await Promise.all([
      lookForUpdates(good),
      lookForUpdates(leadsAway),
      lookForUpdates({ ...signedByAnother, key: asUpdateKey(strangers) }),
      lookForUpdates({ ...unsigned, key: null }),
    ]);
    const timeout = UPDATE_MS;
    await expect.poll(ofGood, { timeout }).toEqual(['found', 'downloaded']);
    expect(good.asked()).toEqual([...SIGNED_LIST, '/Deskbell-99.0.0.AppImage']);
    await expect.poll(ofLeadsAway, { timeout }).toEqual(['found', 'failed']);
    expect(leadsAway.asked()).toEqual([...SIGNED_LIST, '/Deskbell-99.0.0.AppImage']);
    expect(elsewhere.connections()).toBe(0);
    await expect.poll(ofSignedByAnother, { timeout }).toEqual(['failed']);
    expect(signedByAnother.asked()).toEqual(SIGNED_LIST);
    await expect.poll(ofUnsigned, { timeout }).toEqual(['no-key']);
    expect(unsigned.asked()).toEqual([]);
  },
);

const SIGNED_LIST = ['/latest-linux.yml', '/latest-linux.yml.sig'];

function asUpdateKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

/** Starts the package with a feed, and returns the steps of its update so far. It quits when the test ends. */
async function lookForUpdates(feed: { readonly url: string; readonly key: string | null }) {
  const installation = await anInstallation({
    key: 'absent',
    settings: { updateFeed: feed.url, updateKey: feed.key },
  });
  const running = startPackaged(packed, {
    args: [`--user-data-dir=${installation.dataFolder}`, `--config=${installation.configFile}`],
    // Without APPIMAGE electron-updater assumes that a package manager updates Deskbell.
    env: { APPIMAGE: packed.executable, XDG_CACHE_HOME: await aFolder(), HOME: await aHome() },
  });
  onTestFinished(async () => {
    expect(await running.quit()).toBe(0);
  });
  return () => stepsOf(installation);
}

/** A home folder whose Chromium trusts the authority of the test servers. */
async function aHome(): Promise<string> {
  const home = await aFolder();
  const database = join(home, '.pki/nssdb');
  await mkdir(database, { recursive: true });
  for (const args of [
    ['-N', '--empty-password'],
    ['-A', '-n', 'tests', '-t', 'C,,', '-i', TEST_AUTHORITY_FILE],
  ]) {
    // From Debian's libnss3-tools, which the set-up of the tests installs.
    const { status, error, stderr } = spawnSync('certutil', ['-d', `sql:${database}`, ...args]);
    expect(status, `certutil is needed: ${error?.message ?? stderr.toString()}`).toBe(0);
  }
  return home;
}

/** The packaged Electron is the one that runs here. */
function launchedElectron(): string {
  return readFileSync(join(dirname(launchCommand().executable), 'version'), 'utf8')
    .trim()
    .replace(/^v/, '');
}

async function run(
  start: Start,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const dataFolder = await aFolder();
  const running = startPackaged(packed, {
    ...start,
    args: [`--user-data-dir=${dataFolder}`, ...start.args],
  });
  return { code: await running.ended, output: running.output() };
}

/** Enters data in the unpackaged application: the packaged one accepts no automation. */
async function leaveOneWaiting(installation: Installation): Promise<void> {
  const app = await installation.open();
  await installation.vendor.refuseConnections();
  await invite(app, '0639980012', 'Marie Dupont');
  await app.quit();
  await installation.vendor.acceptConnections();
}

/** Requests since the run before the packaged one. */
async function eventsOf({ dataFolder }: Installation): Promise<readonly string[]> {
  const text = await readFile(join(dataFolder, 'logs/deskbell.log'), 'utf8');
  const [, ...after] = text.split('"event":"stopped"}\n');
  return [...after.join('"event":"stopped"}\n').matchAll(/"event":"([\w-]+)"/g)].map(
    ([, name = '']) => name,
  );
}

async function allEventsOf({ dataFolder }: Installation): Promise<readonly string[]> {
  const text = await readFile(join(dataFolder, 'logs/deskbell.log'), 'utf8').catch(() => '');
  return [...text.matchAll(/"event":"([\w-]+)"/g)].map(([, name = '']) => name);
}

async function stepsOf({ dataFolder }: Installation): Promise<readonly string[]> {
  const text = await readFile(join(dataFolder, 'logs/deskbell.log'), 'utf8').catch(() => '');
  return [...text.matchAll(/"event":"update","step":"([\w-]+)"/g)].map(([, step = '']) => step);
}

// Closes the connection, or the browser may repeat a request on a connection that is being closed.
const CLOSING = { connection: 'close' };

/**
 * A signed feed on loopback as electron-builder writes it, with one version in it; `redirect` is the address it gives
 * for the file.
 */
async function aFeed(offer: {
  readonly version: string;
  readonly file: string;
  readonly redirect?: string;
}) {
  const name = `Deskbell-${offer.version}.AppImage`;
  const sha512 = createHash('sha512').update(offer.file).digest('base64');
  const about = `version: ${offer.version}
files:
  - url: ${name}
    sha512: ${sha512}
    size: ${Buffer.byteLength(offer.file)}
path: ${name}
sha512: ${sha512}
releaseDate: '2026-11-25T12:00:00.000Z'
`;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, Buffer.from(about), privateKey).toString('base64');
  const answerFor = (request: string): string => {
    if (request.includes('latest-linux.yml.sig')) return httpAnswer(200, CLOSING, `${signature}\n`);
    if (request.includes('latest-linux.yml')) return httpAnswer(200, CLOSING, about);
    if (offer.redirect === undefined) return httpAnswer(200, CLOSING, offer.file);
    return httpAnswer(302, { ...CLOSING, location: `${offer.redirect}${name}` }, '');
  };
  const server = await openFaultServer({
    certificate: 'server',
    onRequest: (socket, request) => socket.end(answerFor(request)),
  });
  onTestFinished(server.close);
  return {
    url: `https://localhost:${server.port}/`,
    key: asUpdateKey(publicKey),
    asked: () => server.requests().map((request) => /^GET ([^ ?]+)/.exec(request)?.[1] ?? request),
  };
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deskbell-package-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
