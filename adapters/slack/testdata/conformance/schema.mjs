// Prints the JSON schema of the payloads in payload.ts.
import { createGenerator } from 'ts-json-schema-generator';

const generator = createGenerator({ path: 'payload.ts', tsconfig: 'tsconfig.json', type: '*', additionalProperties: false, skipTypeCheck: true });
console.log(JSON.stringify(generator.createSchema('*')));
