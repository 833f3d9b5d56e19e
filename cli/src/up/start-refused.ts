/** A start that cannot be: said in plain words, without a stack. */
export class StartRefused extends Error {}
