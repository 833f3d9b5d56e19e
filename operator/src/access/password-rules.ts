/** Of those that stand first in every list of guesses, the ones that are long enough to be taken. */
const GUESSED = [
  'passwordpassword',
  'password1234',
  '123456789012',
  'qwertyuiop12',
  'administrator',
  'streamswarm',
];

/** Why a password is easy to guess for this user, in words, or null. Its length is checked by the schema. */
export function passwordProblem(password: string, userName: string): string | null {
  const plain = password.toLowerCase();
  if (userName.length >= 3 && plain.replaceAll(userName.toLowerCase(), '').length < 6) {
    return 'is little more than the name: choose some words that belong to nothing here';
  }
  if (new Set(plain).size < 5)
    return 'repeats a few characters: choose some words that belong to nothing here';
  if (GUESSED.some((guess) => plain.replaceAll(guess, '').length < 4)) {
    return 'is one of the first that anybody tries: choose some words that belong to nothing here';
  }
  return null;
}
