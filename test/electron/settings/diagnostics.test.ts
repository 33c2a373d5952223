import { expect, test } from 'vitest';
import { diagnosticsText } from '../../../electron/settings/diagnostics.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';

test('diagnostics contain versions, counts and settings, and no customer or colleague (row 99)', () => {
  const text = diagnosticsText({
    version: '1.2.3',
    platform: { electron: '33.0.0', system: 'linux x64' },
    mode: 'live',
    connection: 'online',
    key: 'stored',
    pin: 'none',
    settings: {
      ...DEFAULT_SETTINGS,
      apiUrl: 'https://partoo.example/canary-path',
      businesses: [{ id: 'canary-id', name: 'Canary Hotel' }],
      staff: ['Canary'],
      updateFeed: 'https://feed.example/canary-path',
      caFile: '/home/canary/authority.pem',
      siteDatabase: { url: 'postgresql://canary@canary.example/canary' },
      reviewLinks: { 'canary-id': 'https://g.page/canary' },
      undoSeconds: 7,
    },
    locked: ['undoSeconds'],
    central: ['retentionDays'],
    counts: { open: 3 },
    events: ['{"event":"started"}'],
    at: Date.UTC(2026, 10, 23),
  });
  for (const part of [
    '1.2.3',
    'Set by IT for all desks: retentionDays',
    '33.0.0',
    'online',
    'open: 3',
    'undoSeconds: 7',
    'feed.example',
    'caFile: set',
    'siteDatabase: set',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('staff: 1');
  expect(text.toLowerCase()).not.toContain('canary');
});
