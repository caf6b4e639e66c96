/** The names the blog answers to: two domains, each with and without `www.`. */
export const blogHosts = ['kexue.fm', 'www.kexue.fm', 'spaces.ac.cn', 'www.spaces.ac.cn'] as const;

/** Where on 127.0.0.1 a stand-in for the blog listens: https on one port, http on the other. */
export interface SitePorts {
  readonly tlsPort: number;
  readonly plainPort: number;
}
