/** Who changes things: everybody on loopback, as long as there is no login. */
export const ACTOR = 'local user';
