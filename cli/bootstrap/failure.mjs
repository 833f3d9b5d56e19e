/** Something that a person has to put right: the message says what happened, why, and what to do next. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {readonly string[]} [details] output of a tool that explains it
   */
  constructor(message, details = []) {
    super(message);
    this.name = 'Failure';
    this.details = details;
  }
}
