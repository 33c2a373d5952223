import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { emptyForm } from '../../renderer/invite/form.ts';
import { PasteNoteRegion } from '../../renderer/invite/phone/paste-note.tsx';
import { ResultBar } from '../../renderer/invite/result/result-bar.tsx';
import { resultText, type Result } from '../../renderer/invite/result/result-text.ts';
import type { EarlierProblem } from '../../renderer/invite/result/use-earlier-problems.ts';
import type {
  ClearedForm,
  ClearedFormMessage,
} from '../../renderer/invite/use-cleared-form-list.ts';
import { VerdictRegion } from '../../renderer/invite/verdict/verdict-region.tsx';
import { StatusRegion } from '../../renderer/components/status-message.tsx';
import { TranslationsProvider } from '../../renderer/i18n/translations.ts';
import {
  maskPhone,
  otherWriting,
  parsePhone,
  formatPhone,
  parsePastedText,
  readPastedName,
} from '../../shared/phone/phone.ts';
import { EVERY_PROGRESS, KEPT, NOON, sampleInvitation, TRANSLATIONS } from './samples.ts';

const RULES = {
  maskPhone,
  parsePhone,
  formatPhone: formatPhone,
  parsePastedText,
  readPastedName,
  otherWriting,
};

/** The texts of the live regions, in page order; empty ones included. */
function regionsOf(shown: ReactNode): readonly string[] {
  const html = renderToStaticMarkup(
    <TranslationsProvider value={TRANSLATIONS}>{shown}</TranslationsProvider>,
  );
  return html
    .split('role="status"')
    .slice(1)
    .map((part) => part.replace(/^[^>]*>/, '').replace(/<\/div>.*$/s, ''))
    .map((inner) => inner.replaceAll(/<[^>]*>/g, '').replaceAll('&#x27;', "'"));
}

const bar = (
  result: Result | null,
  late: readonly EarlierProblem[] = [],
  clearedForm: ClearedForm | null = null,
  clearedFormMessage: ClearedFormMessage = 'put',
): readonly string[] => {
  const ways = {
    undoKey: null,
    canUndo: false,
    undo: async () => {},
    clearedForm,
    clearedFormMessage,
    restore: async () => {},
  };
  return regionsOf(
    <ResultBar
      result={result}
      resultId="result"
      earlierProblems={late}
      rules={RULES}
      ways={ways}
      onTab={() => {}}
      onEdit={() => {}}
      onSeen={() => {}}
    />,
  );
};

describe('the live region of the result', () => {
  test.each(EVERY_PROGRESS)(
    'announces the state of an invitation, and nothing else: $state',
    (progress) => {
      const result: Result = { kind: 'invitation', invitation: sampleInvitation({ progress }) };
      expect(bar(result)).toEqual(['', resultText(TRANSLATIONS, result, 'Marie Dupont', NOON), '']);
    },
  );

  test('announces why nothing was saved', () => {
    const result: Result = { kind: 'failed', failure: { kind: 'storage', why: 'full' } };
    expect(bar(result)).toEqual(['', expect.stringContaining('Free up some space'), '']);
  });

  test('exists before its first text, with one beside it for earlier problems', () => {
    expect(bar(null)).toEqual(['', '', '']);
    const progress = { state: 'needs_decision', at: NOON, why: 'window' } as const;
    const invitation = sampleInvitation({ progress });
    const [late] = bar(null, [{ invitation, wasRead: false }]);
    expect(late).toBe('The invitation to Marie Dupont needs your decision. Open the outbox.');
    // The line shows it without an announcement.
    expect(bar(null, [{ invitation, wasRead: true }])).toEqual(['', '', '']);
  });
});

test('[row 221] a cleared form is announced beside the result, which is not repeated', () => {
  const form = { ...KEPT, phone: '06 39 98 00 12' };
  const progress = { state: 'held', at: NOON, notBefore: NOON + 11_000, why: 'undo' } as const;
  const result: Result = { kind: 'invitation', invitation: sampleInvitation({ progress }) };
  expect(bar(result, [], { why: 'cleared', form, until: 1 })).toEqual([
    '',
    resultText(TRANSLATIONS, result, 'Marie Dupont', NOON),
    'Form cleared. What was in it hasn’t been sent.',
  ]);
});

describe('[row 244] the announcement of a cleared form', () => {
  const form = { ...KEPT, phone: '06 39 98 00 12' };
  const said = (
    clearedForm: Pick<ClearedForm, 'why'>,
    change: Partial<ClearedForm['form']>,
    tells?: ClearedFormMessage,
  ) => bar(null, [], { ...clearedForm, form: { ...form, ...change }, until: 1 }, tells)[2];

  test('says that an open invitation stays when the form was its correction', () => {
    const correction = { replaces: crypto.randomUUID(), correctsSince: NOON };
    expect(said({ why: 'cleared' }, correction)).toBe(
      'Your changes were set aside. The invitation stays as it was.',
    );
    expect(said({ why: 'left-alone' }, correction)).toMatch(
      /two minutes without activity.* stays as it was\.$/,
    );
    // The invitation that it refers to has ended: nothing else is sent.
    const ended = { replaces: crypto.randomUUID() };
    expect(said({ why: 'cleared' }, ended)).toContain('hasn’t been sent');
  });

  test('[row 265] says that a form was restored, also when it was the only one', () => {
    const restored = 'What you typed has been restored.';
    expect(bar(null, [], null, 'restored')).toEqual(['', '', restored]);
    expect(said({ why: 'cleared' }, {}, 'restored')).toBe(restored);
  });

  test('says nothing about later actions', () => {
    for (const why of ['cleared', 'left-alone', 'in-the-way', 'taken-back'] as const) {
      expect(said({ why }, {}, 'nothing')).toBe('A form that was set aside can be restored.');
      expect(said({ why }, {}, 'exchange')).toBe('Your previous entry was set aside.');
    }
  });
});

describe('the live region of the verdict', () => {
  const verdict = (props: Partial<Parameters<typeof VerdictRegion>[0]>) =>
    regionsOf(
      <VerdictRegion
        firstLineId="verdict"
        reading={null}
        otherWriting={null}
        answer={null}
        opinion={null}
        business="Hotel"
        {...props}
      />,
    );

  test('exists before its first text', () => {
    expect(verdict({})).toEqual(['']);
  });

  test('announces what is wrong with a number, and why its state is unknown', () => {
    expect(verdict({ reading: parsePhone('+999 123', 'FR') })[0]).not.toBe('');
    const failure = { kind: 'storage', why: 'busy' } as const;
    expect(verdict({ answer: { ok: false, failure } })[0]).toContain(
      'Another program is using Deskbell’s data',
    );
  });
});

test('the live region of an action announces a failure', () => {
  expect(regionsOf(<StatusRegion said={null} />)).toEqual(['']);
  expect(regionsOf(<StatusRegion said={{ kind: 'good', text: 'Saved.' }} />)).toEqual(['Saved.']);
  const failure = { kind: 'wrong-pin', waitSeconds: 5 } as const;
  expect(regionsOf(<StatusRegion said={{ kind: 'failure', failure }} />)).toEqual([
    'That’s not the right PIN. Wait 5\u00A0seconds, then try again.',
  ]);
});

test('[row 246] the digits left out of a pasted text without a phone number are announced', () => {
  const note = {
    token: 'first',
    isNameLeftOut: false,
    namesLeftOut: [],
    areDigitsLeftOut: true,
    others: [],
    taken: { phone: '', name: 'DUPONT MARIE MRS' },
    isChosen: false,
  };
  const filling = { form: emptyForm('first'), known: null, takeOther: () => {} };
  const region = (pasteNote: typeof note | null): readonly string[] =>
    regionsOf(<PasteNoteRegion filling={{ ...filling, pasteNote }} onTaken={() => {}} />);
  expect(region(null)).toEqual(['']);
  expect(region(note)[0]).toContain('No phone number was found in the text');
});
