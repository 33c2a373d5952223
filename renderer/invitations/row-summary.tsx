import type { ReactNode } from 'react';
import type { Invitation } from '../../shared/invitation.ts';
import { maskPhone } from '../../shared/phone/phone.ts';
import { IconChevron } from '../components/icons.tsx';
import { StateIcon } from './state-icon.tsx';
import { useTranslations } from '../i18n/translations.ts';

type Props = { readonly invitation: Invitation; readonly children: ReactNode };

/** The closed row of an invitation: the customer, masked from view across the counter, and the state. */
export function RowSummary({ invitation, children }: Props) {
  const { t } = useTranslations();
  const { name, phone, progress } = invitation;
  return (
    <summary>
      <IconChevron />
      <span className="row-who">
        <span className="row-name" dir="auto" data-unnamed={name === ''}>
          {name === '' ? t('common.noName') : name}
        </span>
        <span className="row-phone">{maskPhone(phone)}</span>
      </span>
      <span className="state" data-state={progress.state}>
        <StateIcon state={progress.state} />
        {t(`state.${progress.state}`)}
      </span>
      <span className="row-more">{children}</span>
    </summary>
  );
}
