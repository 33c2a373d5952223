import { useMemo, useState } from 'react';
import { SETTING_LIMITS } from '../../../shared/settings.ts';
import { useTranslations } from '../../i18n/translations.ts';
import type { StatusMessage } from '../../components/status-message.tsx';
import { useTextDraft } from '../settings-drafts.tsx';
import { useSettings, useSaveSetting } from '../settings-context.tsx';
import { SettingRow, useRow } from '../fields/row.tsx';

type Props = {
  readonly setting: keyof typeof SETTING_LIMITS;
  readonly label: string;
  readonly hint: string;
  /** The unit behind the field. */
  readonly unit: 'seconds' | 'days' | 'perMinute';
};

/** A whole-number setting. Saved on leaving the field or Enter. */
export function NumberRow({ setting, label, hint, unit }: Props) {
  const { t } = useTranslations();
  const { settings } = useSettings();
  const row = useRow(setting);
  const { said, setSaid, save } = useSaveSetting();
  const [typed, setTyped] = useTextDraft(setting);
  // An invalid value is still in the field, and is reported again.
  const [isTyping, setTyping] = useState(false);
  const limits = SETTING_LIMITS[setting];
  const { least, most } = limits;

  const number = typed === null ? null : parseWhole(typed, limits);
  const isWrong = !isTyping && typed !== null && number === null;

  const keep = async (): Promise<void> => {
    setTyping(false);
    if (number === null) return;
    if (number === settings[setting]) setSaid(null);
    else if (!(await save({ [setting]: number }))) return;
    setTyped(null);
  };
  const wrong = useMemo(
    (): StatusMessage => ({ kind: 'bad', text: t('settings.number', { least, most }) }),
    [t, least, most],
  );
  return (
    <SettingRow row={row} label={label} hint={hint} said={isWrong ? wrong : said}>
      <form
        className="number"
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <input
          {...row.control}
          className="input"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          aria-invalid={isWrong}
          value={typed ?? String(settings[setting])}
          onChange={(event) => {
            setTyping(true);
            setTyped(event.currentTarget.value);
          }}
          onBlur={() => void keep()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setTyped(null);
            setSaid(null);
          }}
        />
        <span>
          {unit === 'perMinute'
            ? t('settings.unit.perMinute')
            : t(`settings.unit.${unit}`, { count: number ?? settings[setting] })}
        </span>
      </form>
    </SettingRow>
  );
}

/** Parses a typed number if it is whole and within the limits. */
function parseWhole(
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  if (!/^\d+$/.test(text.trim())) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}
