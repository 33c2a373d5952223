import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../shared/i18n/languages.ts';
import { openInstallation, type RunningApp } from '../support/installation.ts';
import { SCENES } from '../screenshots/scenes.ts';
import { openStage, setTheme } from '../screenshots/stage.ts';

const PICTURES = 'out/pictures';
const THEMES = ['light', 'dark'] as const;

/** The window sizes in CSS pixels, and how many screen pixels each takes. */
const SIZES = {
  '1280x800': { width: 1280, height: 800, deviceScaleFactor: 1 },
  '1120x700': { width: 1120, height: 700, deviceScaleFactor: 1 },
  '1024x768': { width: 1024, height: 768, deviceScaleFactor: 1 },
  '200-percent': { width: 640, height: 400, deviceScaleFactor: 2 },
  '4k': { width: 1920, height: 1080, deviceScaleFactor: 2 },
} as const;

type Picture = {
  readonly file: string;
  readonly scene: string;
  readonly size: keyof typeof SIZES;
  readonly language: Language;
  readonly theme: (typeof THEMES)[number];
};

const isSize = (word: string): word is Picture['size'] => Object.hasOwn(SIZES, word);
const isLanguage = (word: string): word is Language => LANGUAGES.some((known) => known === word);

/** Every scene whose name begins like one of `words`, in the languages and sizes among them; all when none is given. */
function picturesOf(words: readonly string[]): readonly Picture[] {
  const sizes = words.filter(isSize);
  const languages = words.filter(isLanguage);
  const beginnings = words.filter((word) => !isSize(word) && !isLanguage(word));
  const names = SCENES.map(({ name }) => name).filter(
    (name) => beginnings.length === 0 || beginnings.some((word) => name.startsWith(word)),
  );
  return (sizes.length > 0 ? sizes : (['1280x800'] as const)).flatMap((size) =>
    (languages.length > 0 ? languages : LANGUAGES).flatMap((language) =>
      names.flatMap((scene) =>
        THEMES.map((theme) => {
          const file = join(PICTURES, size, language, theme, `${scene}.png`);
          return { file, scene, size, language, theme };
        }),
      ),
    ),
  );
}

/** The pictures of README.md and the user guides. */
const DOCUMENTED: readonly Picture[] = [
  ...THEMES.map((theme): Picture => ({
    file: `docs/pictures/invite.${theme}.png`,
    scene: 'invite-closed',
    size: '1120x700',
    language: 'en',
    theme,
  })),
  ...(['invite-closed', 'outbox-two', 'history'] as const).flatMap((scene) =>
    (['en', 'fr'] as const).map((language): Picture => {
      const [name] = scene.split('-');
      const file = `docs/pictures/guide-${name}${language === 'en' ? '' : `.${language}`}.png`;
      return { file, scene, size: '1120x700', language, theme: 'light' };
    }),
  ),
];

/** Takes the pictures one after the other; keep those of one scene together. */
async function render(app: RunningApp, pictures: readonly Picture[]): Promise<void> {
  const { page } = app;
  const stage = await openStage(app);
  const devtools = await page.context().newCDPSession(page);
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  let before = '';
  for (const { file, scene: name, size, language, theme } of pictures) {
    const scene = SCENES.find((one) => one.name === name);
    if (scene === undefined) throw new Error(`There is no scene ${name}`);
    const place = [name, size, language].join(' ');
    if (place !== before) {
      await devtools.send('Emulation.setDeviceMetricsOverride', { ...SIZES[size], mobile: false });
      await stage.enter(scene, language);
    }
    before = place;
    await setTheme(app, theme);
    await mkdir(join(file, '..'), { recursive: true });
    await page.screenshot({ path: file });
    process.stdout.write(`${file}\n`);
  }
}

// `npm run pictures -- de 4k outbox` for some, `npm run pictures -- docs` for those of the documents.
const words = process.argv.slice(2);
const installation = await openInstallation();
try {
  const app = await installation.open({ env: { LANGUAGE: 'en', TZ: 'Europe/Paris' } });
  if (words.includes('docs')) {
    await render(app, DOCUMENTED);
  } else {
    await rm(PICTURES, { recursive: true, force: true });
    await render(app, picturesOf(words));
  }
} finally {
  await installation.close();
}
