export interface Place {
  readonly name: string;
  readonly href: string;
  /** Follows G. */
  readonly key: string;
  /** Drawn where there is no room for the name, in a box of 16. */
  readonly icon: string;
}

/** The pages there are, in the order of the rail. */
export const PLACES = [
  { name: 'Overview', href: '/', key: 'O', icon: 'M1 9h3l2-6 3 10 2-6 1 2h3' },
  { name: 'Tests', href: '/tests/', key: 'T', icon: 'M2 4h12M2 8h12M2 12h8' },
  { name: 'Matrix', href: '/matrix/', key: 'M', icon: 'M2 2h12v12H2zM6 2v12M10 2v12M2 6h12M2 10h12' },
  {
    name: 'Paths',
    href: '/paths/',
    key: 'P',
    icon: 'M3.5 8h3M9.5 8h3M2 6.5v3M8 6.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3M14 6.5v3',
  },
  {
    name: 'Agents',
    href: '/agents/',
    key: 'A',
    icon: 'M3 3h10v4H3zM3 9h10v4H3zM5.5 5h.1M5.5 11h.1',
  },
  {
    name: 'Settings',
    href: '/settings/',
    key: 'S',
    icon: 'M2 5h7M12 5h2M2 11h2M7 11h7M9 3.2h3v3.6H9zM4 9.2h3v3.6H4z',
  },
] as const satisfies readonly Place[];

export function isAt(place: Place, path: string): boolean {
  return place.href === '/' ? path === '/' : path.startsWith(place.href.slice(0, -1));
}
