// From a conclusion of the Politburo to a market that has moved: the article's story over the days that
// it takes, on a server whose clock goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, open, signIn, start, take } from '../browser.mjs';
import { begin } from '../days.mjs';
import { until } from '../phone.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof begin>>} */
let office;
before(async () => {
  browser = await start();
  office = await begin('2023-07-10');
});
after(async () => {
  await office.end();
  await browser.close();
});

/** The communes of the district, of which the first is the town and the second will be late. */
const communes = ['06124', '06127', '06133', '06136', '06139', '06142', '06148', '06151', '06154', '06157', '06160', '06163', '06166', '06172', '06175', '06178', '06181'];

/** Somebody of the demo. @param {string} login */
async function somebody(login) {
  const own = await open(browser, { baseURL: office.address });
  await signIn(own.page, login);
  return own;
}

/** @param {Page} page @param {Record<string, string>} fields */
async function give(page, fields) {
  await page.goto('/tasks/new');
  for (const [id, value] of Object.entries(fields)) {
    const field = page.locator(`#${id}`);
    const isChoice = await field.evaluate((it) => it.tagName === 'SELECT');
    await (isChoice ? field.selectOption(value) : field.fill(value));
  }
  await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
  await page.waitForURL((url) => url.pathname !== '/tasks/new');
  return new URL(page.url());
}

/**
 * Goes on to a day and waits until the office is told there of what was urged; gives the newest line.
 * @param {string} day
 * @param {RegExp} about
 * @param {string} delay
 */
async function urged(day, about, delay) {
  office.goTo(day);
  const told = await somebody('lanhdao');
  const line = told.page.locator('.history li', { hasText: about }).filter({ hasText: delay }).first();
  const says = await until(async () => {
    await told.page.goto('/urging');
    return await line.isVisible() ? line.innerText() : undefined;
  });
  await told.context.close();
  return says.split('\n')[0];
}

const six = { product: 'Kế hoạch đã ký', responsibility: 'Chủ tịch chịu trách nhiệm', authority: 'Chủ động bố trí lực lượng' };

test('a conclusion becomes plans, a team and a market that moves, with one late that is urged', async () => {
  const leader = await somebody('lanhdao');
  await leader.page.goto('/directives');
  assert.match(await leader.page.locator('main').innerText(), /01-KL\/TW[^]*01-KH\/HU[^]*01-KH\/UBND/);

  // What the district asks: the market of the town, by a team of seven, and a plan of every commune.
  const team = Array.from({ length: 7 }, (_, number) => `Thành viên ${number + 1}: tổ trật tự đô thị`).join('\n');
  const market = await give(leader.page, {
    ...six, work: 'Dời chợ Na Sầm khỏi lòng đường', lead_codes: '06124', deadline: '2023-07-28', team,
    priority: 'DP3', directive: 'kh-na-sam-mau',
  });
  assert.equal(await leader.page.locator('#team ~ ol li').count(), 7);
  const plans = await give(leader.page, {
    ...six, work: 'Ban hành kế hoạch trật tự đô thị', lead_codes: communes.join(', '), deadline: '2023-07-20',
    priority: 'DP3', directive: 'kh-huyen-mau',
  });
  assert.equal(await leader.page.locator('.tasks li').count(), 17);

  // All communes but one hand in what they have.
  const clerk = await newcomer(browser, 'reporter', '182', { baseURL: office.address });
  await clerk.page.goto(plans.pathname + plans.search);
  const each = await clerk.page.locator('.tasks li a').evaluateAll((links) => links.map((link) => ({
    href: link.getAttribute('href') ?? '', text: link.textContent ?? '',
  })));
  const late = each.find(({ text }) => text.includes('Trùng Khánh'));
  assert.ok(late);
  for (const { href } of each.filter((one) => one !== late)) {
    await clerk.page.goto(href);
    await take(clerk.page, 'Báo hoàn thành', 'Đã ban hành', 'Đã báo hoàn thành');
  }
  await clerk.page.goto(market.pathname);
  await clerk.page.getByRole('button', { name: 'Tiếp nhận' }).click();
  await clerk.page.locator('.history b', { hasText: 'Đã tiếp nhận' }).waitFor();

  // Three days before and one day after, the one that is late is urged; three days after, its superior is told.
  const plan = /Ban hành kế hoạch trật tự đô thị/;
  assert.match(await urged('2023-07-17', plan, 'trước hạn 3 ngày'), /nhắc Xã Trùng Khánh$/);
  assert.match(await urged('2023-07-21', plan, 'quá hạn 1 ngày'), /nhắc Xã Trùng Khánh$/);
  assert.match(await urged('2023-07-23', plan, 'quá hạn 3 ngày'), /báo Huyện Văn Lãng vì đơn vị được giao vẫn chậm$/);
  for (const one of [leader, clerk]) {
    assert.deepEqual(one.complaints, []);
    await one.context.close();
  }
});
