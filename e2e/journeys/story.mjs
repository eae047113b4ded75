// From a conclusion of the Politburo to a market that has moved: the article's story over the days that
// it takes, on a server whose clock goes on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { newcomer, open, ownPassword, signIn, start, take } from '../browser.mjs';
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
  await office.goTo(day);
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
const plan = /Ban hành kế hoạch trật tự đô thị/;

/** What the district asks: the market of the town, by a team of seven, and a plan of every commune. @param {Page} leader */
async function ask(leader) {
  const team = Array.from({ length: 7 }, (_, number) => `Thành viên ${number + 1}: tổ trật tự đô thị`).join('\n');
  const market = await give(leader, {
    ...six, work: 'Dời chợ Na Sầm khỏi lòng đường', lead_codes: '06124', deadline: '2023-07-28', team,
    priority: 'DP3', directive: 'kh-na-sam-mau',
  });
  assert.equal(await leader.locator('#team ~ ol li').count(), 7);
  const plans = await give(leader, {
    ...six, work: 'Ban hành kế hoạch trật tự đô thị', lead_codes: communes.join(', '), deadline: '2023-07-20',
    priority: 'DP3', directive: 'kh-huyen-mau',
  });
  assert.equal(await leader.locator('.tasks li').count(), 17);
  return { market: market.pathname, plans: plans.pathname + plans.search };
}

/**
 * All communes but one hand in what they have; gives the task of the one.
 * @param {Page} clerk
 * @param {string} plans
 */
async function allButOne(clerk, plans) {
  await clerk.goto(plans);
  const each = await clerk.locator('.tasks li a').evaluateAll((links) => links.map((link) => ({
    href: link.getAttribute('href') ?? '', text: link.textContent ?? '',
  })));
  const late = each.find(({ text }) => text.includes('Trùng Khánh'));
  assert.ok(late);
  for (const { href } of each.filter((one) => one !== late)) {
    await clerk.goto(href);
    await take(clerk, 'Báo hoàn thành', 'Đã ban hành', 'Đã báo hoàn thành');
  }
  return late.href;
}

/**
 * Has a document written and gives what it says.
 * @param {Page} page
 * @param {import('playwright-core').Locator} control
 */
async function written(page, control) {
  const [file] = await Promise.all([page.waitForEvent('download'), control.click()]);
  const parts = unzipSync(fs.readFileSync(await file.path()));
  return strFromU8(parts['word/document.xml']).replaceAll(/<\/w:p>/g, '\n').replaceAll(/<[^>]+>/g, '');
}

/**
 * Calls a meeting that finds what is late by itself, decides, gives the decision as a task and closes it.
 * @param {Page} leader
 */
async function stocktake(leader) {
  await leader.goto('/stocktakes/new');
  await leader.locator('#place').fill('Phòng họp UBND huyện');
  await leader.locator('#chair').fill('Chủ tịch huyện');
  await press(leader, 'Lập chương trình');
  const meeting = new URL(leader.url()).pathname;
  const item = leader.locator('ol.hot > li', { hasText: 'Nhiệm vụ quá hạn' }).filter({ hasText: 'Dời chợ Na Sầm' });
  await item.locator('textarea').fill('Bố trí 40 chỗ bán tạm ở sân vận động trong 3 ngày');
  await press(leader, 'Chốt số liệu');
  await item.getByRole('button', { name: /^Giao nhiệm vụ về/ }).click();
  await leader.waitForURL((url) => url.pathname === '/tasks/new');
  for (const [id, value] of Object.entries({ ...six, lead_codes: '06124', deadline: '2023-08-03' })) {
    await leader.locator(`#${id}`).fill(value);
  }
  await press(leader, 'Giao nhiệm vụ');
  const decided = item.locator('.tasks a', { hasText: 'Bố trí 40 chỗ bán tạm' });
  const href = await decided.getAttribute('href') ?? '';
  await press(leader, 'Kết thúc cuộc họp');
  assert.match(await leader.locator('h1').innerText(), /giao 1 nhiệm vụ$/);
  const conclusions = await written(leader, leader.getByRole('link', { name: 'Lập thông báo kết luận' }));
  assert.match(conclusions, /THÔNG BÁO[^]*Bố trí 40 chỗ bán tạm/);
  return { meeting, decided: href };
}

/** Presses a button of the page and waits for the page that comes. @param {Page} page @param {string} name */
async function press(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  await Promise.all([page.waitForEvent('load'), button.click()]);
}

/**
 * The commune says that a task is done, and who gave it confirms that; the task then says this of its time.
 * @param {Page} clerk
 * @param {Page} leader
 * @param {string} href
 * @param {RegExp} standing
 */
async function done(clerk, leader, href, standing) {
  await clerk.goto(href);
  await take(clerk, 'Báo hoàn thành', 'Đã xong, có biên bản', 'Đã báo hoàn thành');
  await leader.goto(href);
  await press(leader, 'Xác nhận hoàn thành');
  await leader.locator('.history b', { hasText: 'Đã xác nhận hoàn thành' }).waitFor();
  assert.match(await leader.locator('main > .marks').innerText(), standing);
}

test('a conclusion becomes plans, a team and a market that moves, with one late that is urged and decided on', async () => {
  const leader = await somebody('lanhdao');
  await leader.page.goto('/directives');
  assert.match(await leader.page.locator('main').innerText(), /01-KL\/TW[^]*01-KH\/HU[^]*01-KH\/UBND/);
  const { market, plans } = await ask(leader.page);
  const clerk = await newcomer(browser, 'reporter', '182', { baseURL: office.address });
  const late = await allButOne(clerk.page, plans);
  await clerk.page.goto(market);
  await press(clerk.page, 'Tiếp nhận');
  await clerk.page.locator('.history b', { hasText: 'Đã tiếp nhận' }).waitFor();

  // Three days before and one day after, the one that is late is urged; three days after, its superior is told.
  assert.match(await urged('2023-07-17', plan, 'trước hạn 3 ngày'), /nhắc Xã Trùng Khánh$/);
  assert.match(await urged('2023-07-21', plan, 'quá hạn 1 ngày'), /nhắc Xã Trùng Khánh$/);
  assert.match(await urged('2023-07-23', plan, 'quá hạn 3 ngày'), /báo Huyện Văn Lãng vì đơn vị được giao vẫn chậm$/);
  await signIn(leader.page, 'lanhdao');
  await leader.page.goto('/urging');
  const letter = await written(leader.page, leader.page.getByRole('button', { name: 'Soạn công văn' }));
  assert.match(letter, /Kính gửi[^]*Xã Trùng Khánh\s+Ban hành kế hoạch trật tự đô thị\s+20\/7\/2023\s+3\s/);
  assert.equal(letter.split('Ban hành kế hoạch').length, 2, 'who handed in is not named');

  // The letter helps: the plan comes, late. The market does not: a meeting decides, and then it moves.
  const morning = async (/** @type {string} */ day) => {
    await office.goTo(day);
    await signIn(leader.page, 'lanhdao');
    await signIn(clerk.page, clerk.login, ownPassword);
  };
  await morning('2023-07-25');
  await done(clerk.page, leader.page, late, /hoàn thành\s+quá hạn 5 ngày mới xong/);
  await morning('2023-07-31');
  const { meeting, decided } = await stocktake(leader.page);
  await morning('2023-08-02');
  await done(clerk.page, leader.page, decided, /hoàn thành\s+đúng hạn/);
  await leader.page.locator(`.facts a[href="${meeting}"]`).waitFor();
  await done(clerk.page, leader.page, market, /hoàn thành\s+quá hạn 5 ngày mới xong/);
  for (const one of [leader, clerk]) {
    assert.deepEqual(one.complaints, []);
    await one.context.close();
  }
});
