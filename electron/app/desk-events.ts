import type { DeskSessionParts } from './desk-session.ts';
import type { AppParts } from './app-parts.ts';

/** What the page and the log hear of a desk. `onDamage` is told when its log turns out to be damaged. */
export function deskEvents(
  { emit, log }: Pick<AppParts, 'emit' | 'log'>,
  onDamage: () => void,
): Pick<DeskSessionParts, 'onInvitation' | 'onConnection' | 'onRemembered' | 'onExportProgress'> {
  let logged = '';
  return {
    onInvitation: (invitation) => {
      emit('invitation.changed', invitation);
      const { id, progress } = invitation;
      // Whoever waits for "saved" does not wait for this line.
      setImmediate(log.write, { event: 'invitation', id, state: progress.state });
    },
    onConnection: (connection) => {
      // Every failed look moves `retryAt`: news for the banner, noise for the log.
      if (connection.kind !== logged) log.write({ event: 'connection', kind: connection.kind });
      logged = connection.kind;
      emit('connection.changed', connection);
      if (connection.kind === 'storage' && connection.why === 'damaged') onDamage();
    },
    onRemembered: () => emit('desk.changed', {}),
    onExportProgress: (rows) => emit('export.progressed', { rows }),
  };
}
