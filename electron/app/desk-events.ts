import type { OutboxParts } from './open-outbox.ts';
import type { AppParts } from './app-parts.ts';

/** Sends the events of a desk session to the page and the event log. Calls `onDamage` when the database is damaged. */
export function deskEvents(
  { emit, log }: Pick<AppParts, 'emit' | 'log'>,
  onDamage: () => void,
): Pick<OutboxParts, 'onInvitation' | 'onConnection' | 'onRemembered' | 'onExportProgress'> {
  let logged = '';
  return {
    onInvitation: (invitation) => {
      emit('invitation.changed', invitation);
      const { id, progress } = invitation;
      // Reply "saved" before writing this line.
      setImmediate(log.write, { event: 'invitation', id, state: progress.state });
    },
    onConnection: (connection) => {
      // Every failed probe moves `retryAt`: the banner needs that, the event log does not.
      if (connection.kind !== logged) log.write({ event: 'connection', kind: connection.kind });
      logged = connection.kind;
      emit('connection.changed', connection);
      if (connection.kind === 'storage' && connection.why === 'damaged') onDamage();
    },
    onRemembered: () => emit('app.changed', {}),
    onExportProgress: (rows) => emit('export.progressed', { rows }),
  };
}
