// An office at work: two levels of review, locks, somebody on leave, browsers left open elsewhere, rates.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newcomer, open, ownPassword, sendMonths, signIn, start } from '../browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** What the browser said of what was refused on purpose is no complaint. @param {string[]} said */
const unexpected = (said) => said.filter((one) => !one.includes('status of 4'));

/** Opens the first that waits, and gives its heading. @param {Page} page */
async function openFirst(page) {
  await page.goto('/review');
  await page.locator('.queue a').first().click();
  await page.locator('.turn').waitFor();
  return page.locator('h1').innerText();
}

test('a quarter is judged by the commune and then by the province', async () => {
  const sender = await newcomer(browser, 'reporter', '06124');
  const quarter = 'form=thon-quy&period=2023-Q3';
  await sendMonths(sender.page, 1, quarter);
  const province = await newcomer(browser, 'reviewer', '20');
  const commune = await newcomer(browser, 'reviewer', '06124');
  const isInQueue = async (/** @type {Page} */ page, /** @type {string} */ about) => {
    await page.goto('/review');
    return (await page.locator('.queue b').allInnerTexts()).includes(about);
  };

  await commune.page.goto('/review');
  await commune.page.locator('.queue a', { hasText: 'Số liệu quý' }).first().click();
  await commune.page.locator('.turn').waitFor();
  const about = await commune.page.locator('h1').innerText();
  assert.match(await commune.page.locator('.standing-line').innerText(), /chờ cấp xã duyệt/);
  const address = new URL(commune.page.url()).pathname;
  assert.equal(await isInQueue(province.page, about), false, 'not yet the turn of the province');
  await province.page.goto(address);
  assert.equal(await province.page.getByRole('button', { name: 'Duyệt', exact: true }).count(), 0);

  await commune.page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await commune.page.locator('.received').waitFor();
  await commune.page.goto(address);
  assert.match(await commune.page.locator('.standing-line').innerText(), /cấp xã đã duyệt, chờ cấp tỉnh/);
  assert.equal(await isInQueue(province.page, about), true);
  await province.page.locator('.queue a', { hasText: about }).click();
  await province.page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await province.page.locator('.received').waitFor();
  await commune.page.goto(address);
  assert.match(await commune.page.locator('.standing-line').innerText(), /đã duyệt/);
  assert.equal((await commune.page.locator('.history li').allInnerTexts()).length, 3);
  for (const one of [sender, province, commune]) {
    assert.deepEqual(unexpected(one.complaints), []);
    await one.context.close();
  }
});

test('a period is locked for a commune and opened again for one village', async () => {
  const sender = await newcomer(browser, 'reporter', '06148');
  const officer = await newcomer(browser, 'reviewer', '06148');
  const matrix = '/collection?form=thon-thang&period=2023-06';
  const { page } = officer;
  await page.goto(matrix);
  await page.getByText('Khóa kỳ', { exact: false }).locator('visible=true').last().click();
  await page.locator('#lock-reason').fill('Đã chốt số liệu');
  await page.locator('form[action="/collection/lock"] button').click();
  await page.locator('.history', { hasText: 'Đã khóa cho' }).waitFor();
  assert.match(await page.locator('#lock + .lede').innerText(), /Kỳ này đã khóa/);

  await sender.page.goto(matrix);
  const village = await sender.page.locator('tbody th a').first().innerText();
  await page.locator('#lock ~ details summary').click();
  await page.locator('#lock-unit').selectOption({ label: village });
  await page.locator('#lock-until').fill('2099-12-31');
  await page.locator('form[action="/collection/open"] button').click();
  await page.getByText('Chưa ghi lý do mở khóa').waitFor();
  assert.equal(await page.locator('#lock-until').inputValue(), '2099-12-31', 'what was typed stays');
  await page.locator('#lock-reason').fill('Sót hai hộ');
  await page.locator('form[action="/collection/open"] button').click();
  await page.locator('.history', { hasText: 'Sót hai hộ' }).waitFor();
  assert.match(await page.locator('.history').last().innerText(), /Đã mở khóa cho .* đến hết ngày 31\/12\/2099/);
  for (const one of [sender, officer]) {
    assert.deepEqual(unexpected(one.complaints), []);
    await one.context.close();
  }
});

test('a substitute approves in the place of somebody on leave, and the pages say so', async () => {
  const sender = await newcomer(browser, 'reporter', '06148');
  await sendMonths(sender.page, 1);
  const lender = await newcomer(browser, 'reviewer', '06148');
  const colleague = await newcomer(browser, 'leader', '06148');
  await colleague.page.goto('/review');
  assert.equal(await colleague.page.locator('.queue').count(), 0, 'a leader looks only');

  const { page } = lender;
  await page.goto('/account/delegations');
  await page.locator('input[name=grant]').first().check();
  await page.locator('#to').fill(colleague.login);
  const day = (/** @type {number} */ after) => new Date(Date.now() + (after * 24 + 7) * 3_600_000).toISOString().slice(0, 10);
  await page.locator('#from').fill(day(0));
  await page.locator('#until').fill(day(3));
  await page.getByRole('button', { name: 'Ủy quyền' }).click();
  await page.getByRole('button', { name: 'Thu hồi' }).waitFor();

  await openFirst(colleague.page);
  const address = new URL(colleague.page.url()).pathname;
  await colleague.page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await colleague.page.locator('.received').waitFor();
  await colleague.page.goto(address);
  assert.match(await colleague.page.locator('.history').innerText(), /Đã duyệt: Người mới leader 06148 \(thay Người mới reviewer 06148\)/);

  await page.getByRole('button', { name: 'Thu hồi' }).click();
  await page.getByText('Chưa ủy quyền cho ai').waitFor();
  await colleague.page.goto('/review');
  assert.equal(await colleague.page.locator('.queue').count(), 0, 'taken back, it holds no longer');
  for (const one of [sender, lender, colleague]) {
    assert.deepEqual(unexpected(one.complaints), []);
    await one.context.close();
  }
});

test('a browser left open elsewhere is named and ended', async () => {
  const { page, context, login } = await newcomer(browser, 'reporter', '06148-01');
  const elsewhere = await open(browser);
  await signIn(elsewhere.page, login, ownPassword);
  await page.goto('/account');
  assert.match(await page.locator('.lines').last().innerText(), /Chrome trên Linux/);
  await page.getByRole('button', { name: 'Đăng xuất máy này' }).or(page.locator('form[action$="/end"] button')).first().click();
  await page.waitForLoadState();
  assert.equal(await page.locator('form[action^="/account/sessions/"]').count(), 0);
  await elsewhere.page.goto('/account');
  assert.equal(new URL(elsewhere.page.url()).pathname, '/sign-in', 'it is out');
  await page.goto('/account');
  assert.equal(new URL(page.url()).pathname, '/account', 'this one is not');
  await context.close();
  await elsewhere.context.close();
});

test('rates are sorted by address and lead to the matrix', async () => {
  const { page, context, complaints } = await open(browser);
  await signIn(page, 'huyen');
  await page.goto('/collection/rates?form=thon-thang&from=2023-01&to=2023-07');
  assert.match(await page.locator('h1').innerText(), /đã gửi \d/);
  await page.locator('thead a').last().click();
  await page.waitForURL(/sort=/);
  assert.equal(await page.locator('th[aria-sort=descending]').count(), 1);
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('a[href^="/collection/rates.csv"]').click()]);
  assert.match(file.suggestedFilename(), /\.csv$/);

  // A chart of more units than fit says so, and goes on in the order of the table.
  const wide = await open(browser);
  await signIn(wide.page, 'xa');
  await wide.page.goto('/collection/rates?form=thon-thang&from=2023-01&to=2023-07');
  await wide.page.getByText('Biểu đồ vẽ 1–40 trong 48 đơn vị').waitFor();
  await wide.page.locator('a[rel=next]').click();
  await wide.page.getByText('Biểu đồ vẽ 41–48 trong 48 đơn vị').waitFor();
  assert.equal(await wide.page.locator('tbody tr').count(), 48, 'the table has all of them');
  await wide.context.close();
  assert.deepEqual(complaints, []);
  await context.close();
});
