/** For entry points: `browser` as a promise-based global, also where Chrome does not have it yet. */
import browser from 'webextension-polyfill';

Object.assign(globalThis, { browser });
