/** A row of the table "who may import whom" in docs/architecture.md, as one file that stands for its folder. */
export type Row = {
  readonly file: string;
  readonly may: readonly string[];
  readonly mayTypes?: readonly string[];
  readonly mayNot: readonly string[];
};

/** Every row, and one for a folder that has none. */
export const ROWS: readonly Row[] = [
  {
    file: 'shared/row.ts',
    may: ['zod/mini', 'libphonenumber-js/max', './time.ts', './ipc/contract.ts'],
    mayNot: [
      'zod',
      'react',
      'undici',
      'node:fs',
      'electron',
      'electron/main',
      '@/time.ts',
      '../electron/app.ts',
      '../renderer/desk.ts',
      './../electron/app.ts',
      './ipc/../../electron/app.ts',
    ],
  },
  {
    file: 'shared/ipc/row.ts',
    may: ['zod/mini', './bridge.ts', '../time.ts'],
    mayNot: ['electron/renderer', 'node:path', '../../electron/app.ts', '../../renderer/desk.ts'],
  },
  {
    file: 'renderer/row.tsx',
    may: [
      'react',
      'react-dom/client',
      'i18next',
      'react-i18next',
      '@base-ui/react/switch',
      './desk.ts',
      './invite/invite.tsx',
      '../shared/time.ts',
      '../shared/ipc/contract.ts',
    ],
    mayTypes: ['../shared/ipc/bridge.ts'],
    mayNot: [
      'electron',
      'electron/renderer',
      'node:fs',
      'undici',
      '../electron/outbox/decide.ts',
      '../electron/preload.ts',
      '../shared/ipc/bridge.ts',
    ],
  },
  {
    file: 'renderer/invite/row.tsx',
    may: [
      'react',
      './verdict-line.tsx',
      '../desk.ts',
      '../history/row.tsx',
      '../../shared/time.ts',
    ],
    mayTypes: ['../../shared/ipc/bridge.ts'],
    mayNot: ['node:fs', '../../electron/app.ts', '../../shared/ipc/bridge.ts', 'electron/renderer'],
  },
  {
    file: 'renderer/desk.ts',
    may: ['../shared/ipc/bridge.ts', '../shared/ipc/contract.ts', './page-clock.ts'],
    mayNot: ['electron/renderer', '../electron/config.ts', 'undici'],
  },
  {
    file: 'electron/preload.ts',
    may: ['electron/renderer', '../shared/ipc/bridge.ts'],
    mayNot: [
      'electron',
      'electron/main',
      'node:fs',
      'zod/mini',
      './window.ts',
      '../shared/phone.ts',
    ],
  },
  {
    file: 'electron/outbox/row.ts',
    may: ['./decide.ts', '../../shared/time.ts'],
    mayNot: [
      'undici',
      'better-sqlite3',
      'node:fs',
      'electron/main',
      'zod/mini',
      '../partoo/request.ts',
      '../store/open.ts',
      '../app.ts',
      '../../renderer/desk.ts',
    ],
  },
  {
    file: 'electron/partoo/row.ts',
    may: ['undici', 'zod/mini', 'node:tls', './request.ts', '../../shared/phone.ts'],
    mayTypes: ['../outbox/outcome.ts', '../outbox/partoo-port.ts'],
    mayNot: [
      'better-sqlite3',
      'electron/main',
      'keytar',
      'node:fs',
      '../outbox/outcome.ts',
      '../outbox/decide.ts',
      '../store/open.ts',
    ],
  },
  {
    file: 'electron/store/row.ts',
    may: [
      'better-sqlite3',
      'zod/mini',
      'node:fs',
      'node:path',
      './open.ts',
      '../../shared/time.ts',
    ],
    mayTypes: ['../outbox/row.ts'],
    mayNot: ['undici', 'node:http', 'electron/main', '../outbox/decide.ts', '../partoo/request.ts'],
  },
  {
    file: 'electron/store/migrations/row.ts',
    may: ['better-sqlite3', '../migrate.ts', './0001-first.ts', '../../../shared/time.ts'],
    mayTypes: ['../../outbox/row.ts'],
    mayNot: [
      'undici',
      '../../outbox/row.ts',
      '../../partoo/request.ts',
      '../../../renderer/desk.ts',
    ],
  },
  {
    file: 'electron/ipc/row.ts',
    may: ['zod/mini', './handlers.ts', '../../shared/ipc/contract.ts'],
    mayTypes: ['electron/main', '../app.ts', '../outbox/row.ts'],
    mayNot: [
      'electron/main',
      'electron/renderer',
      'node:fs',
      'undici',
      '../app.ts',
      '../store/open.ts',
    ],
  },
  {
    file: 'electron/app.ts',
    may: [
      './outbox/courier.ts',
      './partoo/open.ts',
      './store/open.ts',
      './ipc/handlers.ts',
      './open-desk.ts',
      '../shared/time.ts',
    ],
    mayTypes: [
      './config.ts',
      './log.ts',
      './presence.ts',
      './os/api-key.ts',
      './practice/simulator.ts',
    ],
    mayNot: [
      'electron/main',
      'keytar',
      'node:fs',
      './window.ts',
      './page.ts',
      './presence.ts',
      './os/api-key.ts',
      './practice/simulator.ts',
      '../renderer/app.tsx',
    ],
  },
  {
    file: 'electron/os/row.ts',
    may: ['electron/main', 'node:fs/promises', './api-key.ts', '../../shared/failure.ts'],
    mayTypes: ['../app.ts'],
    mayNot: [
      'keytar',
      'date-holidays',
      'undici',
      'better-sqlite3',
      '../app.ts',
      '../store/open.ts',
    ],
  },
  {
    file: 'electron/os/api-key.ts',
    may: ['keytar', '../../shared/failure.ts'],
    mayNot: ['electron', 'undici', 'better-sqlite3'],
  },
  {
    file: 'electron/os/holidays.ts',
    may: ['date-holidays', './clock.ts'],
    mayNot: ['keytar', 'undici', 'better-sqlite3', 'electron/main', '../../shared/time.ts'],
  },
  {
    file: 'electron/practice/row.ts',
    may: ['node:http', 'node:crypto', 'zod/mini', './state.ts', '../../shared/phone.ts'],
    mayNot: ['undici', 'electron/main', 'node:net', '../partoo/request.ts', '../outbox/outcome.ts'],
  },
  {
    file: 'electron/main.ts',
    may: ['electron/main', 'node:path', './app.ts', './os/api-key.ts', '../shared/settings.ts'],
    mayNot: ['electron', 'electron/renderer', 'keytar', 'undici', 'better-sqlite3', 'react'],
  },
  {
    file: 'electron/desktop.ts',
    may: ['electron/main', 'electron/common', 'i18next', 'node:path', './presence.ts'],
    mayNot: ['electron', 'keytar', 'undici', 'better-sqlite3', 'react', '../renderer/desk.ts'],
  },
  {
    file: 'electron/presence.ts',
    may: ['../shared/time.ts', '../shared/connection.ts'],
    mayNot: ['electron/main', 'electron/common', 'node:fs', './window.ts', './log.ts'],
  },
  {
    file: 'electron/closing.ts',
    may: ['../shared/time.ts'],
    mayNot: ['electron/main', 'electron/common', 'node:fs', './window.ts', './presence.ts'],
  },
  {
    file: 'electron/words.ts',
    may: ['i18next', '../shared/time.ts'],
    mayNot: ['react-i18next', 'keytar', 'undici', '../renderer/words.ts'],
  },
  {
    file: 'electron/tray.ts',
    may: ['electron/main', 'node:fs/promises', './page.ts', '../shared/settings.ts'],
    mayNot: ['electron', 'electron/renderer', 'keytar', '../renderer/desk.ts'],
  },
  {
    file: 'electron/attic/row.ts',
    may: ['./neighbour.ts'],
    mayNot: ['zod/mini', 'node:fs', '../app.ts', '../../shared/time.ts'],
  },
  {
    file: 'test/row.ts',
    may: ['electron/main', 'vitest', '../electron/app.ts'],
    mayNot: ['electron'],
  },
];
