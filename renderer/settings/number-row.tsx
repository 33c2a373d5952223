import { useState } from 'react';
import { SETTING_LIMITS } from '../../shared/settings.ts';
import { useWords } from '../words.ts';
import { useOffice, useSave } from './office.tsx';
import { Row, useRow } from './row.tsx';

type Props = {
  readonly setting: keyof typeof SETTING_LIMITS;
  readonly label: string;
  readonly hint: string;
  /** What is counted, behind the field. */
  readonly unit: string;
};

/** A setting that is a whole number. It is saved when the field is left or Enter is pressed. */
export function NumberRow({ setting, label, hint, unit }: Props) {
  const { t } = useWords();
  const { settings } = useOffice();
  const row = useRow(setting);
  const { said, setSaid, save } = useSave();
  const [typed, setTyped] = useState<string | null>(null);
  const limits = SETTING_LIMITS[setting];

  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const number = parseWhole(typed, limits);
    if (number === null) return setSaid({ kind: 'bad', text: t('settings.number', limits) });
    if (number === settings[setting]) setSaid(null);
    else if (!(await save({ [setting]: number }))) return;
    setTyped(null);
  };
  return (
    <Row row={row} label={label} hint={hint} said={said}>
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
          aria-invalid={said?.kind === 'bad'}
          value={typed ?? String(settings[setting])}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => void keep()}
        />
        <span>{unit}</span>
      </form>
    </Row>
  );
}

/** What was typed as a number, when it is whole and within the limits. */
function parseWhole(
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | null {
  if (!/^\d+$/.test(text.trim())) return null;
  const number = Number(text);
  return number >= least && number <= most ? number : null;
}
