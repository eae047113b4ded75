// A queue that waits long: while the program is replaced, for a month, on a full device, after a lost answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, ownPassword, start } from '../browser.mjs';
import { enter, fillAndSend, line, newerProgram, settle, until, words } from '../phone.mjs';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/**
 * The head of a village on a line of their own.
 * @param {string} unit
 */
async function village(unit) {
  const [valley, head] = [await line(), await newcomer(browser, 'reporter', unit)];
  await head.page.setViewportSize({ width: 360, height: 740 });
  return { ...head, valley };
}

test('a new program takes over while a report waits, and sends it', async () => {
  const { page, context, valley, login } = await village('06178-07');
  const program = await newerProgram(valley.address);
  try {
    await settle(page, program.address, login, ownPassword);
    const kept = () => page.evaluate(() => caches.keys());
    const before = await kept();
    // The server is in trouble where it takes figures: they wait, with a network.
    program.refuseFigures();
    await fillAndSend(page, 'tháng 8/2023', ['7', '1', '2', '14']);
    program.replace();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await until(async () => (await kept()).every((name) => !before.includes(name)));
    assert.match((await kept()).join(), /^dotpha-newer-\w+$/, 'only the new one is kept');
    await page.reload();
    await page.locator('main .mark.sending').waitFor();
    valley.cut();
    await page.goto(`${program.address}/entry/`);
    await page.locator('main .mark.sending').waitFor();
    assert.match(await words(page), /1 báo cáo chưa gửi xong/, 'the new page opens without a network, with the queue');
    valley.mend();
    program.takeFigures();
    await page.reload();
    await page.locator('main .mark.received').waitFor();
  } finally {
    await context.close();
    program.close();
    valley.close();
  }
});

test('reports that waited for a month are sent in the order in which they were finished', async () => {
  const { page, context, valley, login } = await village('06178-08');
  try {
    await page.clock.install({ time: Date.now() - 30 * 86_400_000 });
    await settle(page, valley.address, login, ownPassword);
    valley.cut();
    // Not in the order of their periods.
    const months = ['tháng 10/2023', 'tháng 8/2023', 'tháng 9/2023'];
    for (const month of months) {
      await fillAndSend(page, month, ['2', '1', '1', '12']);
      await page.clock.fastForward(9 * 86_400_000);
      await page.goto(`${valley.address}/entry/#/`);
    }
    await page.clock.setSystemTime(Date.now());
    // The session has ended long ago.
    await context.clearCookies();
    await page.reload();
    await page.locator('.mark.sending').nth(2).waitFor();
    /** @type {string[]} */
    const order = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/submissions/')) order.push(JSON.parse(request.postData() ?? '{}').period);
    });
    valley.mend();
    await page.reload();
    await page.locator('.banner a', { hasText: 'Đăng nhập' }).click();
    order.length = 0;
    await enter(page, login, ownPassword);
    await page.goto(`${valley.address}/entry/`);
    await page.locator('.mark.received').nth(2).waitFor();
    assert.equal(await page.locator('.mark.sending').count(), 0);
    assert.deepEqual([...new Set(order)], ['2023-10', '2023-08', '2023-09']);
  } finally {
    await context.close();
    valley.close();
  }
});

test('an answer that was lost is asked for again and the report is there once', async () => {
  const { page, context, valley, login } = await village('06178-09');
  try {
    await settle(page, valley.address, login, ownPassword);
    valley.hold();
    const underway = page.waitForRequest(/\/api\/submissions\//);
    await fillAndSend(page, 'tháng 8/2023', ['7', '1', '2', '14']);
    await underway;
    const revision = async () => {
      const { forms } = await (await page.request.get('/api/forms')).json();
      return forms.find((/** @type {any} */ form) => form.form === 'thon-thang' && form.period === '2023-08').base.revision;
    };
    await until(async () => await revision() === 1);
    valley.cut();
    valley.letGo();
    await page.reload();
    await page.locator('main .mark.sending').waitFor();
    valley.mend();
    await page.reload();
    await page.locator('main .mark.received').waitFor();
    assert.equal(await revision(), 1);
  } finally {
    await context.close();
    valley.close();
  }
});

test('a full device says that a figure was not kept, and keeps the others', async () => {
  const { page, context, valley, login } = await village('06178-10');
  try {
    await settle(page, valley.address, login, ownPassword);
    valley.cut();
    await page.locator('.tasks a', { hasText: 'tháng 8/2023' }).first().click();
    const inputs = page.locator('.entry .figure input');
    await inputs.first().fill('7');
    await page.locator('.mark.saved').waitFor();
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype;
      Object.assign(window, { makeRoom: () => { IDBObjectStore.prototype.put = put; } });
      IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
    });
    await inputs.nth(1).fill('1');
    await page.getByText('Chưa lưu được trên máy: bộ nhớ đầy').waitFor();
    assert.equal(await page.locator('.mark.saved').count(), 0, 'it does not claim to have kept it');
    await page.evaluate(() => /** @type {any} */ (window).makeRoom());
    await inputs.nth(1).fill('2');
    await page.locator('.mark.saved').waitFor();
    await page.reload();
    await inputs.first().waitFor();
    assert.deepEqual([await inputs.first().inputValue(), await inputs.nth(1).inputValue()], ['7', '2']);
  } finally {
    await context.close();
    valley.close();
  }
});
