import Type from 'typebox';

const name = (description: string) =>
  Type.String({ minLength: 1, maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', description });

/** Where a test is addressed: its namespace and name. */
export const TestPath = Type.Object({
  namespace: name('Namespace of the test.'),
  name: name('Name of the test.'),
});
