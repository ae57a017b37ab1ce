import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const seats = { harbour: 24, market: 40, station: 12 };
const read = (name) => JSON.parse(readFileSync(`config/${name}.json`, 'utf8'));
const name = process.argv[2];
const config = read(name);
for (const [key, value] of Object.entries(read('shared'))) assert.deepEqual(config[key], value, key);
assert.equal(config.seats, seats[name], 'its own settings stay');
assert.equal(config.name.toLowerCase(), name);
