// A server of its own whose clock can be moved on, for stories that take weeks.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { forget, until } from './phone.mjs';

/**
 * Starts a demo in which nothing was done yet, in the morning of a day.
 * @param {string} day
 */
export async function begin(day) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dotpha-days-'));
  const clock = path.join(folder, 'clock');
  const morning = (/** @type {string} */ on) => fs.writeFileSync(clock, `${on}T08:00:00+07:00`);
  morning(day);
  const child = spawn(process.env.DOTPHA_PROGRAM ?? 'target/debug/dotpha', [
    'demo', '--port', '0', '--out', path.join(folder, 'out'), '--clock', clock,
  ], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (more) => { said += more; });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  const address = await until(() => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0], 120_000);
  return {
    address,
    /** Goes on to the morning of a later day; there, sessions of earlier days have ended. @param {string} on */
    async goTo(on) {
      morning(on);
      await until(() => !fs.existsSync(clock) || undefined);
    },
    async end() {
      child.kill('SIGKILL');
      await ended;
      forget(folder);
    },
  };
}
