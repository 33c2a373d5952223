import { SECOND_MS } from '../../../shared/time.ts';
import type { KeyTest } from '../../../shared/key-test.ts';
import type { Translations } from '../../i18n/translations.ts';
import type { StatusMessage } from '../../components/status-message.tsx';

/** Describes the result of the connection test, and what to do. */
export function keyTestText(
  { t, span }: Translations,
  test: KeyTest,
): Exclude<StatusMessage, { kind: 'failure' }> {
  const bad = (text: string, partoo = ''): Exclude<StatusMessage, { kind: 'failure' }> => ({
    kind: 'bad',
    text: partoo === '' ? text : `${text} ${t('common.partoo', { text: partoo })}`,
  });
  switch (test.kind) {
    case 'works':
      return worksText(t, test);
    case 'no-key':
    case 'no-keychain':
      return bad(t(`settings.test.${test.kind}`));
    case 'key-refused':
    case 'no-access':
    case 'restricted':
      return bad(t(`settings.test.${test.kind}`), test.text);
    case 'offline': {
      const title = t(`connection.offline.${test.cause}.title`);
      return bad(`${title} ${t(`connection.offline.${test.cause}.text`)}`);
    }
    case 'busy':
      return bad(t('settings.test.busy', { span: span(test.waitSeconds * SECOND_MS) }));
    case 'odd-answer':
      return bad(t('settings.test.odd-answer', { status: test.status }));
    default:
      return test satisfies never;
  }
}

/** Describes each business that cannot send, with what to do: a working key may still not be usable for it. */
function worksText(
  t: Translations['t'],
  { name, role, businesses }: Extract<KeyTest, { kind: 'works' }>,
): Exclude<StatusMessage, { kind: 'failure' }> {
  const works =
    name === '' ? t('settings.test.worksUnnamed') : t('settings.test.works', { name, role });
  if (businesses.length === 0) return { kind: 'bad', text: `${works} ${t('settings.test.none')}` };
  const bad = businesses.flatMap(({ name: business, standing }) =>
    standing === 'ready' || standing === 'unchecked'
      ? []
      : [t(`settings.test.business.${standing}`, { name: business })],
  );
  if (bad.length === 0) {
    const count = businesses.filter(({ standing }) => standing === 'ready').length;
    return { kind: 'good', text: `${works} ${t('settings.test.ready', { count })}` };
  }
  return { kind: 'bad', text: [works, ...bad].join(' ') };
}
