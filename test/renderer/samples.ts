import type { FormDraft } from '../../shared/form-draft.ts';
import type { Invitation, Progress } from '../../shared/invitation.ts';
import { e164Schema, type E164 } from '../../shared/phone/e164.ts';
import { createTranslations, type Translations } from '../../renderer/i18n/translations.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };

export const PHONE: E164 = e164Schema.parse('+33639980004');
export const NOON = Date.UTC(2026, 10, 23, 12, 0);

/** The English texts with European dates. */
export const TRANSLATIONS: Translations = createTranslations('en', en, 'en-GB');

/** An invitation for tests that need any. */
export function sampleInvitation(change: Partial<Invitation> = {}): Invitation {
  return {
    id: crypto.randomUUID(),
    businessId: 'b1',
    phone: PHONE,
    name: 'Marie Dupont',
    content: null,
    staff: null,
    consentAt: null,
    consentBy: null,
    forceReason: null,
    queuedAt: NOON,
    replaces: null,
    mayHaveLeft: false,
    refusalStatus: null,
    progress: { state: 'waiting', at: NOON, dueAt: NOON },
    ...change,
  };
}

/** One progress for each state. */
export const EVERY_PROGRESS: readonly Progress[] = [
  { state: 'held', at: NOON, notBefore: NOON + 11_000, why: 'undo' },
  { state: 'waiting', at: NOON, dueAt: NOON },
  { state: 'sending', at: NOON },
  { state: 'unconfirmed', at: NOON, dueAt: NOON },
  { state: 'needs_decision', at: NOON, why: 'window' },
  { state: 'accepted', at: NOON, evidence: 'response', delivery: null },
  { state: 'refused', at: NOON, why: 'invalid', text: 'no such number' },
  { state: 'maybe_sent', at: NOON },
  { state: 'cancelled', at: NOON },
  { state: 'expired', at: NOON },
];

/** An empty form, as its draft is stored. */
export const KEPT: FormDraft = {
  token: '00000000-0000-4000-8000-000000000001',
  phone: '',
  name: '',
  isNamePasted: false,
  hasConsent: false,
  isConsentCarried: false,
  businessId: null,
  replaces: null,
  correctsSince: null,
};

/** A text that looks like no key of the translations. */
export const SENTENCE = /^[A-Z“][^{}]*[.!?)]$/;
