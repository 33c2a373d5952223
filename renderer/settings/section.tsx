import type { ReactNode } from 'react';
import { useTranslations } from '../i18n/translations.ts';

/** The sections of Settings in screen order. */
export const SECTIONS = [
  'key',
  'business',
  'country',
  'sending',
  'rules',
  'doNotContact',
  'desks',
  'computer',
  'data',
  'backup',
  'pin',
  'diagnostics',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** The anchor of a section. */
export const sectionId = (name: SectionName): string => `settings-${name}`;

type Props = {
  readonly name: SectionName;
  readonly role?: 'tabpanel';
  readonly children: ReactNode;
};

/** One section of Settings on its own card, with the title `settings.<name>.title`. */
export function Section({ name, role, children }: Props) {
  const { t } = useTranslations();
  const id = sectionId(name);
  return (
    <section className="card section" role={role} aria-labelledby={id}>
      <h2 id={id} tabIndex={-1} data-home>
        {t(`settings.${name}.title`)}
      </h2>
      {children}
    </section>
  );
}
