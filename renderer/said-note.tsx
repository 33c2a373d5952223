import { IconAlert, IconCheckRing } from './icons.tsx';
import type { Said } from './use-actions.ts';

/** What came of an action: announced, and shown until the next one. */
export function SaidNote({ said }: { readonly said: Said | null }) {
  return (
    <div role="status">
      {said !== null && (
        <p className={said.kind === 'good' ? 'note note-good' : 'note note-bad'}>
          {said.kind === 'good' ? <IconCheckRing /> : <IconAlert />}
          <span>{said.text}</span>
        </p>
      )}
    </div>
  );
}
