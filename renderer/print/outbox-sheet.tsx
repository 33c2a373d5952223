import type { Invitation } from '../../shared/invitation.ts';
import { formatPhone } from '../../shared/phone/phone.ts';
import type { DeskSettings } from '../ipc/client.ts';
import { useTranslations } from '../i18n/translations.ts';

type Props = {
  readonly invitations: readonly Invitation[];
  readonly settings: DeskSettings;
  readonly now: number;
};

/** The unsent invitations on paper: with whole numbers, so that staff can call the customers. */
export function OutboxSheet({ invitations, settings, now }: Props) {
  const { t, moment } = useTranslations();
  return (
    <section className="waiting-sheet">
      <h1>{t('print.list.title')}</h1>
      <p>{t('print.list.made', { when: moment(now, now), count: invitations.length })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('history.saved')}</th>
            <th scope="col">{t('history.name')}</th>
            <th scope="col">{t('history.phone')}</th>
            <th scope="col">{t('history.state')}</th>
            <th scope="col">{t('print.list.done')}</th>
          </tr>
        </thead>
        <tbody>
          {invitations.map(({ id, queuedAt, name, phone, progress }) => (
            <tr key={id}>
              <td>{moment(queuedAt, now)}</td>
              <td dir="auto">{name}</td>
              <td>{formatPhone(phone, settings.defaultCountry)}</td>
              <td>{t(`state.${progress.state}`)}</td>
              <td className="tick-box">{t('print.list.box')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('print.list.warning')}</p>
    </section>
  );
}
