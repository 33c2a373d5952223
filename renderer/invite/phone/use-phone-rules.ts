import { useEffect, useState } from 'react';

/** The phone rules carry the number plans of the world, so they are loaded after the first paint. */
export type PhoneRules = Pick<
  typeof import('../../../shared/phone/phone.ts'),
  'parsePhone' | 'parsePastedText' | 'readPastedName' | 'maskPhone' | 'formatPhone' | 'otherWriting'
>;

/** Null until the rules are there; a failure to load them is the error boundary's. */
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
