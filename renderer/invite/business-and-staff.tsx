import { useEffect, useEffectEvent, useId, type KeyboardEvent } from 'react';
import { BusinessSelect } from '../businesses/business-select.tsx';
import type { DeskSettings } from '../ipc/client.ts';
import { altShortcut } from '../i18n/shortcut-label.ts';
import { useTranslations } from '../i18n/translations.ts';
import { digitFor, staffFor } from './current-staff.ts';
import type { FormState } from './use-form-state.ts';

type Props = {
  readonly settings: DeskSettings | null;
  readonly filling: FormState;
  readonly isShown: boolean;
  readonly onBusinessUnclear: (isUnclear: boolean) => void;
  /** Called when a click elsewhere chose the highlighted business before its name was visible in the field. */
  readonly onBusinessUnseen: () => void;
  /** Called after a choice by one key: moves the cursor to the number. */
  readonly onChosen: () => void;
};

/** The fields for business and sender, shown only where there is a choice. */
export function BusinessAndStaffFields({
  settings,
  filling,
  isShown,
  onBusinessUnclear,
  onBusinessUnseen,
  onChosen,
}: Props) {
  const { t } = useTranslations();
  const businessId = useId();
  const businesses = settings?.businesses ?? [];
  const staff = settings?.staff ?? [];
  if (businesses.length < 2 && staff.length === 0) return null;
  return (
    <div className="choices">
      {businesses.length > 1 && (
        <div className="field">
          <label htmlFor={businessId}>{t('invite.business')}</label>
          <BusinessSelect
            id={businessId}
            label={t('invite.business')}
            businesses={businesses}
            value={filling.business?.id ?? ''}
            onChoose={(chosen, how) => {
              filling.chooseBusiness(chosen);
              if (how === 'by-click-elsewhere') onBusinessUnseen();
            }}
            onUnclear={onBusinessUnclear}
          />
        </div>
      )}
      {staff.length > 0 && (
        <StaffField staff={staff} filling={filling} isShown={isShown} onChosen={onChosen} />
      )}
    </div>
  );
}

type StaffProps = Pick<Props, 'filling' | 'isShown' | 'onChosen'> & {
  readonly staff: readonly string[];
};

/** The sender, chosen with one key: a digit or a first letter here, Alt and the digit from anywhere. */
function StaffField({ staff, filling, isShown, onChosen }: StaffProps) {
  const translations = useTranslations();
  const { t } = translations;
  const id = useId();
  const hintId = useId();
  const first = altShortcut(translations, '1');
  const last = altShortcut(translations, digitFor(Math.min(staff.length, 10) - 1) ?? '');
  useStaffKeys(isShown, (digit) => {
    const name = staffFor(digit, staff);
    if (name !== undefined) filling.chooseStaff(name);
  });
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = staffFor(event.key, staff);
    if (name === undefined) return;
    event.preventDefault();
    filling.chooseStaff(name);
    onChosen();
  };
  return (
    <div className="field">
      <div className="label-line">
        <label htmlFor={id}>{t('invite.staff')}</label>
        <span id={hintId} className="hint">
          {staff.length === 1 ? first : t('invite.staffKeys', { first, last })}
        </span>
      </div>
      <select
        id={id}
        className="input select"
        aria-describedby={hintId}
        value={filling.staff ?? ''}
        onKeyDown={onKey}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          filling.chooseStaff(chosen === '' ? null : chosen);
        }}
      >
        <option value="">{t('invite.nobody')}</option>
        {staff.map((name, at) => (
          <option key={name} value={name} dir="auto" data-key={digitFor(at)}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Handles Alt with a digit, wherever the cursor is. By key position: Alt types other characters on many keyboards. */
function useStaffKeys(isActive: boolean, onDigit: (digit: string) => void): void {
  const latest = useEffectEvent(onDigit);
  useEffect(() => {
    if (!isActive) return undefined;
    const listener = (event: globalThis.KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const digit = /^Digit(\d)$/.exec(event.code)?.[1];
      if (digit === undefined) return;
      event.preventDefault();
      latest(digit);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [isActive]);
}
