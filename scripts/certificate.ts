import { generate } from 'selfsigned';
import { DEFAULT_HOST, HOSTS } from '../src/site/address.ts';

/** A private key and its certificate, both in PEM, for `https.createServer`. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** How long a certificate is valid; no run takes longer than a day. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a self-signed certificate for the blog's host names. Each run makes a new one and never stores
 * it, so no key can leak; browsers have to be told to accept it.
 */
export async function makeCertificate(): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: DEFAULT_HOST }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: HOSTS.map((host) => ({ type: 2 as const, value: host })),
      },
    ],
  });
  return { key, cert };
}
