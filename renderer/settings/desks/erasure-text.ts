import type { ErasureProgress } from '../../../shared/other-desks.ts';
import type { EpochMs } from '../../../shared/time.ts';
import type { Translations } from '../../i18n/translations.ts';

/** Says how far an erasure has got, and which desks still have to do it. */
export function erasureText(
  { t, moment, list }: Translations,
  erasure: ErasureProgress,
  now: EpochMs,
): readonly string[] {
  const when = moment(erasure.at, now);
  if (erasure.kind === 'not-given')
    return [t(`settings.desks.erasures.${erasure.isReached ? 'later' : 'unreached'}`, { when })];
  const { done, desks, missing } = erasure;
  const elsewhere = desks - done - missing.length;
  return [
    t('settings.desks.erasures.given', { when, done, all: desks }),
    ...(missing.length > 0
      ? [t('settings.desks.erasures.missing', { count: missing.length, desks: list(missing) })]
      : []),
    ...(elsewhere > 0 ? [t('settings.desks.erasures.elsewhere', { count: elsewhere })] : []),
  ];
}
