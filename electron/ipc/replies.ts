import { refusalOf, type PinCheck } from '../../shared/pin.ts';
import type { DeskChange, TakenOver } from '../sharing/other-desks.ts';
import type { Exported } from '../export/history-export.ts';
import type { SitesExported } from '../export/sites-export.ts';
import type { ActionResult } from '../outbox/manual-actions.ts';

/** The reply with a value. */
export const ok = <T>(value: T) => ({ ok: true, value }) as const;
/** The reply with a failure. */
export const no = <const F extends { readonly kind: string }>(failure: F) =>
  ({ ok: false, failure }) as const;
/** There is no desk session. */
export const BLOCKED = no({ kind: 'blocked' });
const TOO_LATE = no({ kind: 'too-late' });
/** Settings are locked. */
export const PIN_NEEDED = no({ kind: 'pin-needed', isSet: true });

/** The reply after a PIN was checked. */
export function checked(check: PinCheck) {
  const refusal = refusalOf(check);
  return refusal === undefined ? ok({}) : no(refusal);
}

/** The reply with what was found; too late without it. */
export function found<T>(value: T | undefined) {
  return value === undefined ? TOO_LATE : ok(value);
}

/** The reply after an export. */
export function exported(result: Exported) {
  switch (result.kind) {
    case 'saved':
    case 'cancelled':
      return ok(result);
    case 'file':
      return no({ kind: 'export', why: result.why });
    case 'busy':
      return no({ kind: 'export-busy' });
    default:
      return result satisfies never;
  }
}

/** The reply after the export of the sites. */
export function sitesExported(result: SitesExported) {
  switch (result.kind) {
    case 'saved':
    case 'cancelled':
      return ok(result);
    case 'file':
      return no({ kind: 'export', why: result.why });
    case 'unavailable':
      return no({ kind: 'sites-unavailable' });
    default:
      return result satisfies never;
  }
}

/** The reply after a person's action on an invitation. */
export function moved(result: ActionResult) {
  return result.kind === 'done' ? ok(result.invitation) : TOO_LATE;
}

/** The reply after taking over an invitation of another desk. */
export function takenOver(result: TakenOver) {
  switch (result.kind) {
    case 'taken-over':
      return ok(result.invitation);
    case 'not-allowed':
      return no(result);
    case 'too-late':
      return TOO_LATE;
    case 'refused':
      return no({ kind: 'take-over', why: result.why });
    default:
      return result satisfies never;
  }
}

/** The reply after renaming or removing a desk. */
export function deskChanged(result: DeskChange) {
  return result === 'done' ? ok({}) : no({ kind: 'desk-change', why: result });
}
