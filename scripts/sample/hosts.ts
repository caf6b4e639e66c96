/** The hosts of the blog: two domains, each with and without `www.`. */
export const blogHosts = ['kexue.fm', 'www.kexue.fm', 'spaces.ac.cn', 'www.spaces.ac.cn'] as const;

/** The https and http ports of a stand-in for the blog on 127.0.0.1. */
export interface SitePorts {
  readonly tlsPort: number;
  readonly plainPort: number;
}
