import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGES } from '../../shared/languages.ts';
import { openReception } from '../support/reception.ts';
import { furnish, SCENES, setTheme, speak } from '../support/tour.ts';

const PICTURES = 'out/pictures';
const SIZE = { width: 1280, height: 800 };

// `npm run pictures -- en de` renders these languages only.
const wanted = new Set(process.argv.slice(2));
const languages = LANGUAGES.filter((language) => wanted.size === 0 || wanted.has(language));

await rm(PICTURES, { recursive: true, force: true });
const reception = await openReception();
try {
  const desk = await reception.open();
  await furnish(reception, desk);
  const { page } = desk;
  await page.setViewportSize(SIZE);
  await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
  for (const language of languages) {
    await speak(page, language);
    for (const { name, show } of SCENES) {
      await show(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await setTheme(desk, colorScheme);
        const folder = join(PICTURES, language, colorScheme);
        await mkdir(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}.png`) });
      }
    }
    process.stdout.write(`${language}: ${SCENES.length} screens in two themes\n`);
  }
  process.stdout.write(`Pictures are in ${PICTURES}/.\n`);
} finally {
  await reception.close();
}
