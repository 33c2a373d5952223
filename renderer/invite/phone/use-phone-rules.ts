import { useEffect, useState } from 'react';

/** The phone rules contain the number plans of the world, so they load after the first paint. */
export type PhoneRules = Pick<
  typeof import('../../../shared/phone/phone.ts'),
  'parsePhone' | 'parsePastedText' | 'readPastedName' | 'maskPhone' | 'formatPhone' | 'otherWriting'
>;

/** Null until loaded; a failure to load is handled by the error boundary. */
export function usePhoneRules(): PhoneRules | null {
  const [rules, setRules] = useState<PhoneRules | null>(null);
  useEffect(() => {
    import('../../../shared/phone/phone.ts').then(
      (loaded) => setRules(loaded),
      (error: unknown) =>
        setRules(() => {
          throw error;
        }),
    );
  }, []);
  return rules;
}
