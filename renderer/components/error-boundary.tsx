import { Component, type ReactNode } from 'react';
import { BrokenPage } from './broken-page.tsx';

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
