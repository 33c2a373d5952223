import { Component, type ReactNode } from 'react';
import { useTranslations } from '../i18n/translations.ts';
import { IconAlert } from './icons.tsx';

type Props = { readonly children: ReactNode };
type Standing = { readonly isBroken: boolean };

/** Shows a text instead of a blank page after an error. React requires a class for this. */
export class ErrorBoundary extends Component<Props, Standing> {
  override readonly state: Standing = { isBroken: false };

  static getDerivedStateFromError(): Standing {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <BrokenPage onAgain={() => this.setState({ isBroken: false })} />;
  }
}

/** Shown when a part of the page has thrown. */
function BrokenPage({ onAgain }: { readonly onAgain: () => void }) {
  const { t } = useTranslations();
  return (
    <div className="notice" role="alert">
      <IconAlert />
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.text')}</p>
      <button type="button" className="button button-primary" onClick={onAgain}>
        {t('broken.again')}
      </button>
    </div>
  );
}
