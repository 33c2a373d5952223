import type { ReactNode } from 'react';

/** Creates an icon without a meaning of its own, for use beside a text. Drawn on a 20 px grid in the text colour. */
function icon(drawing: ReactNode) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {drawing}
    </svg>
  );
}

export const IconCheckRing = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="m6.75 10.25 2.25 2.25 4.25-5" />
    </>,
  );
export const IconClock = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M10 5.75V10l2.75 1.75" />
    </>,
  );
export const IconPause = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M8 7.25v5.5M12 7.25v5.5" />
    </>,
  );
export const IconSend = () => icon(<path d="M17 3 8.75 11.25M17 3l-5.25 14-3-5.75L3 8.25z" />);
export const IconQuestion = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="M7.9 7.9a2.15 2.15 0 1 1 3.1 2c-.7.35-1 .8-1 1.5M10 13.75v.01" />
    </>,
  );
export const IconHand = () =>
  icon(
    <path d="M6.5 10.5v-5a1.2 1.2 0 0 1 2.4 0V9m0-.5v-5a1.2 1.2 0 0 1 2.4 0V9m0-4a1.2 1.2 0 0 1 2.4 0v6.25c0 3.5-1.9 5.75-4.7 5.75-2 0-3.2-.9-4.1-2.6L3.2 11.6c-.6-1.2 1-2.2 1.9-1.1l1.4 1.7" />,
  );
export const IconStop = () =>
  icon(
    <>
      <circle cx="10" cy="10" r="7.25" />
      <path d="m5 15 10-10" />
    </>,
  );
export const IconCross = () => icon(<path d="m5 5 10 10M15 5 5 15" />);
export const IconAlert = () =>
  icon(
    <>
      <path d="M10 3.25 2.75 16h14.5z" />
      <path d="M10 8.25v3.5M10 13.9v.01" />
    </>,
  );
export const IconPhone = () =>
  icon(
    <>
      <rect x="5.75" y="2.75" width="8.5" height="14.5" rx="2" />
      <path d="M9 14.5h2" />
    </>,
  );
export const IconUndo = () =>
  icon(<path d="M7 4 3.5 7.5 7 11M3.75 7.5H12a4.25 4.25 0 0 1 0 8.5H8" />);
export const IconLock = () =>
  icon(
    <>
      <rect x="4.25" y="9" width="11.5" height="8" rx="1.5" />
      <path d="M6.75 9V6.5a3.25 3.25 0 0 1 6.5 0V9" />
    </>,
  );
export const IconOffline = () =>
  icon(
    <path d="M3 3l14 14M5.5 11.2a6.4 6.4 0 0 1 3-1.7M2.75 8.2A10.4 10.4 0 0 1 6 6m3-.85a10.3 10.3 0 0 1 8.25 3.05M12.2 9.9a6.3 6.3 0 0 1 2.3 1.4M10 15.25v.01" />,
  );
export const IconKey = () =>
  icon(
    <>
      <circle cx="6.75" cy="13.25" r="3.5" />
      <path d="m9.25 10.75 7-7M13.25 6.75l2.5 2.5" />
    </>,
  );
export const IconPerson = () =>
  icon(
    <>
      <circle cx="10" cy="6.75" r="3.25" />
      <path d="M3.75 16.75c.7-3.2 3.2-5 6.25-5s5.55 1.8 6.25 5" />
    </>,
  );
export const IconChevron = () => icon(<path d="m7.5 5 5 5-5 5" />);

/** The bell of the app icon, small. */
export const BellMark = () => (
  <svg className="bell-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <rect className="bell-button" x="12" y="5" width="8" height="3" rx="1.5" />
    <rect className="bell-stem" x="14.75" y="8" width="2.5" height="2.5" />
    <path className="bell-dome" d="M5 21a11 11 0 0 1 22 0z" />
    <path className="bell-gleam" d="M8.6 19.2c.4-3 2.3-5.6 5-6.8" />
    <rect className="bell-plate" x="3" y="23" width="26" height="4" rx="2" />
  </svg>
);
