import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { DEFAULTS, readSettings, soundSettings } from '../../../src/app/settings.ts';

describe('stored settings', () => {
  it('are used if they are valid', () => {
    const chosen = {
      language: 'en',
      host: 'www.spaces.ac.cn',
      linkMarks: false,
      sidebarLinks: true,
      mentions: false,
      archiveFilter: 'later',
      autoRead: false,
      strictness: 'strict',
    };
    expect(readSettings(chosen)).toEqual({ ...DEFAULTS, ...chosen });
  });

  it.each([undefined, null, 5, 'x', true, [], [1], {}, () => 0])(
    'are the defaults if the value is %s',
    (stored) => {
      expect(readSettings(stored)).toEqual(DEFAULTS);
    },
  );

  it.each([
    ['language', ['zh', 'EN', '', 0, null, {}, ['en'], true]],
    [
      'host',
      [
        'evil.com',
        'kexue.fm.evil.com',
        'https://kexue.fm',
        'KEXUE.FM',
        '',
        null,
        ['kexue.fm'],
        { toString: () => 'kexue.fm' },
      ],
    ],
    ['linkMarks', [0, 1, 'true', null, {}]],
    ['sidebarLinks', [0, 1, 'true', null, {}]],
    ['mentions', [0, 1, 'true', null, {}]],
    ['autoRead', [0, 1, 'true', null, {}]],
    ['strictness', ['none', '', 0, null, ['loose'], 'STRICT', 'toString']],
    ['archiveFilter', ['none', '', 0, null, ['all'], 'ALL', 'toString']],
  ])('with an unsound %s keep the other field', (name, values) => {
    const sound = { language: 'en', host: 'spaces.ac.cn' };
    for (const value of values)
      expect(readSettings({ ...sound, [name]: value })).toEqual({
        ...DEFAULTS,
        ...sound,
        [name]: DEFAULTS[name as keyof typeof DEFAULTS],
      });
  });

  it('have no unknown fields', () => {
    expect(soundSettings({ language: 'en', later: 1 })).toEqual({ language: 'en' });
  });

  it('do not come from a prototype and do not change one', () => {
    const stored: unknown = JSON.parse(
      '{"__proto__": {"language": "en", "polluted": 1}, "constructor": {"language": "en"}}',
    );
    expect(readSettings(stored)).toEqual(DEFAULTS);
    expect(readSettings(Object.create({ language: 'en' }))).toEqual(DEFAULTS);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('are valid for any stored JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (stored) => {
        expect(Object.keys(readSettings(stored))).toEqual(Object.keys(DEFAULTS));
      }),
    );
  });
});
