import { describe, expect, test } from 'vitest';
import {
  isLoopback,
  parseDatabaseUrl,
  siteDatabaseSchema,
} from '../../shared/site-database-address.ts';

describe('the URL of a database', () => {
  test.each([
    [
      'postgresql://owner:p%40ss@db.example.lan:6432/deskbell',
      { host: 'db.example.lan', port: 6432, database: 'deskbell', user: 'owner' },
      'p@ss',
    ],
    [
      'postgres://owner@[::1]/my%20base',
      { host: '::1', port: 5432, database: 'my base', user: 'owner' },
      '',
    ],
  ])('%s is read', (text, address, password) => {
    expect(parseDatabaseUrl(text)).toEqual({ address, password });
  });

  test.each([
    '',
    'db.example.lan',
    'mysql://owner:x@db.example.lan/deskbell',
    'postgresql://db.example.lan/deskbell',
    'postgresql://owner:x@db.example.lan',
    'postgresql://owner:x@/deskbell',
    'postgresql://owner:x@db.example.lan/deskbell/more',
    'postgresql://owner:x@db.example.lan/deskbell?sslmode=disable',
    'postgresql://owner:%ff@db.example.lan/deskbell',
  ])('%s is not', (text) => {
    expect(parseDatabaseUrl(text)).toBeUndefined();
  });
});

describe('the managed key siteDatabase', () => {
  test('holds an address without a password', () => {
    const isValid = (value: unknown) => siteDatabaseSchema.safeParse(value).success;
    expect(isValid({ url: 'postgresql://desk@db.example.lan/deskbell' })).toBe(true);
    expect(isValid({ url: 'postgresql://desk:x@db.example.lan/deskbell' })).toBe(false);
    expect(isValid({ url: 'https://db.example.lan' })).toBe(false);
    expect(isValid({})).toBe(false);
  });
});

test('only an address is this computer, never a name', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1'].every(isLoopback)).toBe(true);
  expect(['localhost', '127.0.0.1.example', '10.0.0.1', '::2'].some(isLoopback)).toBe(false);
});
