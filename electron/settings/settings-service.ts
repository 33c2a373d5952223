import { isStaffShared, type Central } from '../../shared/central-settings.ts';
import { diagnosticsText } from './diagnostics.ts';
import type { ManagedConfig } from './managed-config.ts';
import type { Manager } from './manager-session.ts';
import {
  createPartooAccount,
  hostOf,
  type PartooAccount,
  type PartooAccountParts,
} from './partoo-account.ts';
import type { ListManager } from '../do-not-contact/manage-list.ts';
import type { EventLog } from '../event-log.ts';
import type { Holidays } from '../os/holidays.ts';
import type { SharedStaff, StaffProblem } from '../sharing/shared-staff.ts';
import type { Connection } from '../../shared/connection.ts';
import type { Input, Output, Reply } from '../../shared/ipc/contract.ts';
import { refusalOf, type PinCheck, type PinRefusal } from '../../shared/pin.ts';
import type { PartialSettings } from '../../shared/settings.ts';
import type { WelcomeProgress } from '../../shared/welcome.ts';

export type SettingsServiceParts = PartooAccountParts & {
  readonly managed: Extract<ManagedConfig, { kind: 'read' }>;
  /** The settings that the site database gives to this desk. */
  readonly central: () => Central;
  /** The staff that was saved at this desk. */
  readonly ownStaff: () => readonly string[];
  /** Undefined at a desk that shares nothing. */
  readonly sharedStaff: SharedStaff | undefined;
  readonly connection: () => Connection;
  /** Counts the rows by kind, for diagnostics. */
  readonly countAll: () => Readonly<Record<string, number>>;
  readonly manager: Manager;
  readonly doNotContact: ListManager;
  readonly version: string;
  readonly log: EventLog;
  readonly platform: Readonly<Record<string, string>>;
  readonly copyText: (text: string) => void;
  readonly confirmHost: (host: string) => Promise<'yes' | 'no'>;
  readonly loadHolidays: () => Promise<Holidays>;
  /** Saves the change, applies it and notifies all listeners. */
  readonly save: (change: PartialSettings) => Promise<void>;
  readonly keepWelcome: (progress: WelcomeProgress) => void;
};

export type PinFailure = { readonly kind: 'pin-needed'; readonly isSet: boolean } | PinRefusal;

/** A manager's actions: settings, the key, the businesses. They act on the live desk, even in practice. */
export type SettingsService = PartooAccount & {
  readonly keepWelcome: (progress: WelcomeProgress) => void;
  readonly doNotContact: ListManager;
  readonly manager: Manager;
  /** Returns the failure that "Send again anyway" needs a PIN; undefined where it is allowed. */
  readonly refuseForce: (pin: string | null) => Promise<PinFailure | undefined>;
  /** Returns the failure that erasing a customer needs a PIN; undefined where it is allowed. */
  readonly refuseErasure: (pin: string | null) => Promise<PinFailure | undefined>;
  /** Returns the failure that taking over an invitation of another desk needs a PIN; undefined where it is allowed. */
  readonly refuseTakeOver: (pin: string | null) => Promise<PinFailure | undefined>;
  /** Returns the failure that a system dialog needs a PIN: in a kiosk it gives access to other programs. */
  readonly refuseSystemBox: (pin: string | null) => Promise<PinFailure | undefined>;
  /** Returns the failure that leaving the kiosk needs a PIN; undefined where it is allowed. */
  readonly refuseKioskExit: (pin: string | null) => Promise<PinFailure | undefined>;
  readonly removePin: (current: string) => Promise<PinCheck>;
  readonly readSettings: () => Promise<Reply<'settings.read'>>;
  /** Saves a change; a change of shared staff at every desk of this site. */
  readonly saveSettings: (change: Input<'settings.save'>) => Promise<Reply<'settings.save'>>;
  /** Shares the staff with the desks of this site, or ends that. */
  readonly shareStaff: (isShared: boolean) => Promise<Reply<'settings.shareStaff'>>;
  /** Lists the regions of the default country with their own public holidays. */
  readonly listRegions: () => Promise<Output<'holidays.regions'>>;
  /** Copies the diagnostics for support to the clipboard, and returns them. */
  readonly copyDiagnostics: () => Promise<string>;
};

/** Creates the settings service of one desk session. */
export function createSettingsService(parts: SettingsServiceParts): SettingsService {
  const { apiKey, managed, settings, manager } = parts;
  const isListShared = (): boolean =>
    managed.settings.staff === undefined && isStaffShared(parts.central());
  /** The settings that IT has fixed for all desks. */
  const centralNames = (): readonly string[] =>
    Object.keys(parts.central().settings).filter(
      (name) => !(name in managed.settings) && !(name === 'staff' && isListShared()),
    );
  const locked = (): string[] => [...Object.keys(managed.settings), ...centralNames()];

  const hasPin = (): boolean => manager.standing().kind !== 'none';
  const refusePin = async (pin: string | null): Promise<PinFailure | undefined> => {
    // SECURITY: fails closed. Without a PIN the permission that IT or a manager requires cannot be given.
    if (pin === null || !hasPin()) return { kind: 'pin-needed', isSet: hasPin() };
    return refusalOf(await manager.check(pin));
  };
  const refuseUnlessAtWork = async (pin: string | null): Promise<PinFailure | undefined> =>
    manager.isAtWork() ? undefined : refusePin(pin);

  const changeSharedStaff = async (wanted: readonly string[]) => {
    const { staff } = settings();
    const added = wanted.filter((name) => !staff.includes(name));
    const removed = staff.filter((name) => !wanted.includes(name));
    return (await parts.sharedStaff?.change(added, removed)) ?? 'unavailable';
  };

  return {
    doNotContact: parts.doNotContact,
    keepWelcome: parts.keepWelcome,
    manager,
    refuseForce: async (pin) => (settings().forceNeedsPin ? refusePin(pin) : undefined),
    refuseErasure: refuseUnlessAtWork,
    refuseTakeOver: refuseUnlessAtWork,
    refuseSystemBox: async (pin) =>
      !settings().kiosk || manager.isAtWork() ? undefined : refusePin(pin),
    refuseKioskExit: async (pin) => {
      if (pin !== null) return refusalOf(await manager.check(pin));
      return manager.standing().kind === 'locked' ? { kind: 'pin-needed', isSet: true } : undefined;
    },
    removePin: async (current) => {
      const removed = await manager.remove(current);
      // Switch this off too: an action that asks for a missing PIN would be blocked for ever.
      if (removed.kind === 'right' && !locked().includes('forceNeedsPin')) {
        await parts.save({ forceNeedsPin: false });
      }
      return removed;
    },
    readSettings: async () => {
      const reading = await apiKey.read();
      const key = reading.kind === 'key' ? 'stored' : reading.kind;
      const pin = manager.standing();
      return {
        ok: true,
        value: {
          settings: settings(),
          locked: locked(),
          central: [...centralNames()],
          unusable: parts.central().unusable,
          staff: parts.sharedStaff === undefined ? 'alone' : isListShared() ? 'shared' : 'own',
          configFile: managed.file,
          key,
          pin,
        },
      };
    },
    saveSettings: async (change) => {
      const setting = Object.keys(change).find((name) => locked().includes(name));
      if (setting !== undefined) return { ok: false, failure: { kind: 'locked', setting } };
      if (change.forceNeedsPin === true && !hasPin()) {
        return { ok: false, failure: { kind: 'pin-needed', isSet: false } };
      }
      const before = settings().apiUrl;
      const host = change.apiUrl === undefined ? undefined : hostOf(change.apiUrl);
      const isElsewhere = host !== undefined && host !== hostOf(before);
      // SECURITY: a compromised page could set another address with its own key, which would receive every customer.
      // It cannot answer a system dialog.
      if (isElsewhere && (await parts.confirmHost(host)) === 'no')
        return { ok: false, failure: { kind: 'declined' } };
      const { staff, ...others } = change;
      if (staff !== undefined && isListShared()) {
        const changed = await changeSharedStaff(staff);
        if (changed !== 'done' && changed !== 'not-shared') return staffFailure(changed);
        // Another desk has ended the shared list: what the manager sees is saved as this desk's own.
        await parts.save(changed === 'done' ? others : change);
      } else {
        await parts.save(change);
      }
      const after = settings();
      // Another host has another key, and the connection to the old host is open.
      if (after.apiUrl !== before) await parts.reopen();
      return { ok: true, value: after };
    },
    shareStaff: async (isShared) => {
      if (locked().includes('staff'))
        return { ok: false, failure: { kind: 'locked', setting: 'staff' } };
      const { staff } = settings();
      // No name is lost when the list is not shared any more: this desk keeps them beside its own.
      if (!isShared)
        await parts.save({ staff: [...new Set([...parts.ownStaff(), ...staff])].slice(0, 100) });
      const change = isShared ? parts.sharedStaff?.begin(staff) : parts.sharedStaff?.end();
      const changed = (await change) ?? 'unavailable';
      return changed === 'done' ? { ok: true, value: {} } : staffFailure(changed);
    },
    listRegions: async () => ({
      regions: (await parts.loadHolidays()).regionsOf(settings().defaultCountry),
    }),
    copyDiagnostics: async () => {
      const text = diagnosticsText({
        version: parts.version,
        platform: parts.platform,
        mode: parts.mode,
        connection: parts.connection().kind,
        key: (await apiKey.read()).kind,
        pin: manager.standing().kind,
        settings: settings(),
        locked: Object.keys(managed.settings),
        central: [...centralNames()],
        counts: parts.countAll(),
        events: parts.log.tail(),
        at: parts.clock.now(),
      });
      parts.copyText(text);
      return text;
    },
    ...createPartooAccount(parts),
  };
}

function staffFailure(why: StaffProblem) {
  return { ok: false, failure: { kind: 'shared-staff', why } } as const;
}
