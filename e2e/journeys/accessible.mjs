// Every page that the server draws has no accessibility fault in light, dark and at 320 px, and none is
// left out; and what strangers may see opens in both languages.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { isAccessibleInAllLooks } from '../accessibility.mjs';
import { newcomer, oneTimeCode, open, ownPassword, sendMonths, signIn, start } from '../browser.mjs';
import {
  addHook, askPalette, badDays, badMail, badRule, bringNoPicture, carryBroken, chooseAndSayNothing,
  chooseTasks, confirmWrongly, decideWithoutDocument, endWithoutReason, extendChosenIntoThePast, follow, keepFile, keepNothingKnown,
  keepNothingKnownOfTask, listPeople, lookAtTasks, openDraft, saveUnclearDraft,
  lookAtVersion, lookAtWorkbook, makeNobody, openAll, openLock, openPhoneDifficulty, openPhoneForm, openReasons,
  openSubmission, press, pressing, printCard, printCardAgain, printCardsOfList, returnWithoutReason,
  sendLetters, sendLettersInTable, sendNoWorkbook, stepWithoutReason, writeBrokenVersion, writeSecret,
} from '../ways.mjs';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => { browser = await start(); });
after(async () => { await browser.close(); });

/** What was looked at: the method and path of the request that each page answered. @type {Set<string>} */
const lookedAt = new Set();

/**
 * Opens a page and looks at what it shows, whenever it is told to.
 * The policy forbids foreign scripts; the checker is the one exception.
 */
async function looker() {
  const { page, context } = await open(browser, { bypassCSP: true });
  let answered = '';
  page.on('request', (request) => {
    if (!request.isNavigationRequest() || request.frame() !== page.mainFrame()) return;
    answered = `${request.method()} ${new URL(request.url()).pathname}`;
  });
  const look = async () => {
    lookedAt.add(answered);
    await isAccessibleInAllLooks(page);
  };
  return { page, context, look };
}

/**
 * The pages of everybody, by login, and of strangers: where each begins and what is opened on it.
 * @type {Record<string, Record<string, [string, ((page: Page) => Promise<void>)?]>>}
 */
const places = {
  '': {
    overview: ['/'],
    'overview restated': ['/?period=2023-H1&view=restated:2025-07-01'],
    indicator: ['/indicators/A01'],
    'indicator not judged': ['/indicators/A08?period=2022'],
    units: ['/units'],
    unit: ['/units/3?period=2023-H1&view=reported'],
    search: ['/search?q=na+sam'],
    'empty search': ['/search?q=zzzz'],
    figure: ['/figures/A01?period=2023-H1'],
    'a submission': ['/figures/A01?period=2023-01', openSubmission],
    reports: ['/reports'],
    report: ['/reports/ket-qua-kl-01'],
    'report of any unit': ['/reports/bao-cao-ky?period=2022-Q4&unit=134'],
    'paper form': ['/forms/thon-thang/paper?unit=134&period=2023-06'],
    about: ['/about'],
    'sign-in': ['/sign-in'],
    'sign-in refused': ['/sign-in', pressing('main form button')],
    'sign-in through no provider': ['/sign-in/provider'],
    'back from no provider': ['/sign-in/provider/callback'],
    'an invitation that is over': ['/invitations/khong-co'],
    'a missing indicator': ['/indicators/A99'],
    'a missing page': ['/khong-co'],
  },
  thon: {
    'what is owed': ['/work'],
    'forms on the phone': ['/entry/'],
    'a form on the phone': ['/entry/', openPhoneForm],
    'a difficulty on the phone': ['/entry/', openPhoneDifficulty],
    'a form': ['/work', follow('main a[href^="/entry/forms/"]')],
    'a form with a letter for a figure': ['/work', sendLetters],
    'raising a difficulty': ['/difficulties/new'],
    'a difficulty that says nothing': [
      '/difficulties/new',
      pressing('form[action="/difficulties/new"] button.main'),
    ],
    'what is not allowed': ['/accounts'],
  },
  xa: {
    difficulties: ['/difficulties'],
    'a difficulty': ['/difficulties', follow('main a[href^="/difficulties/"]:not([href="/difficulties/new"])')],
    'what is owed and waits': ['/work'],
    'a product that is not kept': ['/work', keepNothingKnownOfTask],
    'figures carried in': ['/carried'],
    'what became of figures carried in': ['/carried', carryBroken],
    'the table of units': ['/collection', follow('main a[href^="/grid/forms/"]')],
    'the table with a letter for a figure': ['/collection', sendLettersInTable],
    'a workbook looked at': ['/collection', lookAtWorkbook],
    'a workbook that is none': ['/collection', sendNoWorkbook],
    'collecting with its lock': ['/collection', openLock],
    rates: ['/collection/rates'],
    'what waits for review': ['/review'],
    'a submission with its reasons': ['/review', openReasons],
    'a return without a reason': ['/review', returnWithoutReason],
    'the calendar': ['/account/calendar'],
    'the address of a calendar': ['/account/calendar', pressing('form[action="/account/calendar"] button')],
    delegations: ['/account/delegations'],
    'a delegation to nobody': ['/account/delegations', pressing('form[action="/account/delegations"] button')],
    'a password that is not changed': ['/account', pressing('form[action="/account/password"] button')],
  },
  huyen: {
    'search for a person who signed in': ['/search?q=na+sam'],
    'search before a word': ['/search'],
    'the palette': ['/work', askPalette],
    items: ['/items'],
    'an item that is not made': ['/items', pressing('form[action="/items"] button')],
    'days of rest': ['/holidays'],
    'a day of rest without a name': ['/holidays', pressing('form[action="/holidays"] button.main')],
    'evidence per head': ['/heads?period=2026'],
    'all directives': ['/directives'],
    'directives by date': ['/directives?as=date'],
    'no directive': ['/directives?text=zzzz'],
    'a directive': ['/directives/kl-01'],
    'a directive to be entered': ['/directives/new?implements=kl-01'],
    'a directive that is not entered': ['/directives/new', pressing('form[action="/directives/new"] button')],
    'a directive to be changed': ['/directives/kl-01/edit'],
    'all forms': ['/forms'],
    'days of reminding': ['/urging/policies'],
    webhooks: ['/urging/hooks'],
    'a webhook with its secret': ['/urging/hooks', addHook('https://chat.example.vn/nhom')],
    'a webhook into a private network': ['/urging/hooks', addHook('https://10.0.0.1/')],
    'rules of hot spots': ['/hot-spots/rules'],
    'a form that is not made': ['/forms', pressing('form[action="/forms"] button')],
    'a form and its versions': ['/forms', follow('main a[href^="/forms/"]')],
    'a version looked at': ['/forms', lookAtVersion],
    'a version that asks for nothing known': ['/forms', writeBrokenVersion],
  },
  nasam: {
    priorities: ['/priorities'],
    'a priority': ['/priorities', follow('main a[href="/priorities/DP3"]')],
    'a picture that is none': ['/priorities/DP3', bringNoPicture],
    'a priority that is not ended': ['/priorities/DP3', endWithoutReason],
    'a priority of the plan': ['/priorities/DP1'],
    'a decision without a document': ['/priorities/proposals/3', decideWithoutDocument],
    proposals: ['/priorities/proposals'],
    'a proposal': ['/priorities/proposals', follow('main a[href^="/priorities/proposals/"]')],
    'a remark that says nothing': [
      '/priorities/proposals',
      follow('main a[href^="/priorities/proposals/"]'),
      pressing('form:has(#remark) button'),
    ],
    'opening a proposal': ['/priorities/proposals/new'],
    'a proposal that says nothing': [
      '/priorities/proposals/new',
      pressing('form[action="/priorities/proposals/new"] button.main'),
    ],
  },
  tinh: {
    tasks: ['/tasks'],
    'tasks as a board': ['/tasks?as=board'],
    'tasks as a calendar': ['/tasks?as=calendar'],
    'tasks as a timeline': ['/tasks?as=timeline'],
    'no tasks': ['/tasks?text=zzzz'],
    'tasks given together': ['/tasks', follow('main a[href*="brief="]')],
    'a task': ['/tasks', follow('main .tasks a[href^="/tasks/"]')],
    'a step without a reason': ['/tasks', stepWithoutReason],
    'tasks chosen in a list': ['/tasks', chooseTasks],
    'a step of several tasks without a reason': ['/tasks', chooseAndSayNothing],
    'what became of several tasks': ['/tasks', extendChosenIntoThePast],
    'no task chosen': ['/tasks/steps'],
    urging: ['/urging'],
    'plans that units owe': ['/directives/21-kh-tu-mau/plans'],
    'a directive that asks for no plans': ['/directives/ct-05/plans'],
    'plans asked of nobody': ['/directives/ct-05/plans', pressing('button[value=ask]')],
    'hot spots': ['/hot-spots', openAll],
    stocktakes: ['/stocktakes'],
    'a stocktake that was held': ['/stocktakes/1', openAll],
    'a stocktake being prepared': ['/stocktakes/2', openAll],
    'a forecast that is none': ['/stocktakes/2', pressing('button[value=forecast]')],
    'a stocktake to be called': ['/stocktakes/new'],
    'a stocktake that is not called': ['/stocktakes/new', pressing('form[action="/stocktakes/new"] button')],
    'giving a task': ['/tasks/new'],
    'a draft of a task': ['/tasks/new', openDraft],
    'a draft that is not clear': ['/tasks/new', saveUnclearDraft],
    'a template of a task': ['/tasks/new', pressing('button[value=template]')],
    'a list of tasks': ['/tasks/import'],
    'a list of tasks looked at': ['/tasks/import', lookAtTasks('Phiếu')],
    'a list of tasks with a fault': ['/tasks/import', lookAtTasks('')],
    'a task that is not clear': ['/tasks/new', pressing('form[action="/tasks/new"] button.main')],
  },
  quantri: {
    'the own account': ['/account'],
    'a mail address that is none': ['/account', badMail],
    'one-time codes': ['/account/one-time-codes'],
    'one-time codes refused': ['/account/one-time-codes', confirmWrongly],
    'an account linked to no provider': ['/account', linkProvider],
    accounts: ['/accounts'],
    'one account': ['/accounts/1'],
    'a mail address of somebody that is none': ['/accounts/1', badMail],
    'an account that is not made': ['/accounts', makeNobody],
    'a card': ['/accounts', async (page) => { await printCard(page); }],
    'a card printed again': ['/accounts', printCardAgain],
    'a list of people': ['/accounts/import'],
    'a list of people looked at': ['/accounts/import', listPeople('Lãnh đạo')],
    'a list of people with a fault': ['/accounts/import', listPeople('Giám đốc')],
    'cards of a list': ['/accounts/import', printCardsOfList],
    'the ledger': ['/ledger'],
    'the ledger of nobody': ['/ledger?account=999999'],
    'an entry of the ledger': ['/ledger', follow('main a[href^="/ledger/"]')],
  },
};

/** Asks to link an account where no provider is set up, as an old page might. @param {Page} page */
async function linkProvider(page) {
  await page.evaluate(() => {
    const form = /** @type {HTMLFormElement} */ (document.querySelector('form[action="/account/password"]'));
    form.action = '/account/provider';
  });
  await press(page, 'form[action="/account/provider"] button');
}

for (const [login, own] of Object.entries(places)) {
  test(`pages of ${login || 'strangers'} are accessible`, async (the) => {
    const { page, context, look } = await looker();
    if (login) await signIn(page, login);
    for (const [name, [path, act]] of Object.entries(own)) {
      await the.test(`${name} is accessible`, async () => {
        await page.goto(path);
        await act?.(page);
        await look();
      });
    }
    await context.close();
  });
}

test('pages of whoever plans for all units are accessible', async () => {
  const planner = await newcomer(browser, 'planner', '');
  const { page, context, look } = await looker();
  await signIn(page, planner.login, ownPassword);
  /** @type {[string, (page: import('playwright-core').Page) => Promise<void>][]} */
  const own = [
    ['/directives/kh-huyen-mau', keepNothingKnown],
    ['/directives/kh-huyen-mau', keepFile],
    ['/directives/ct-05/edit', writeSecret],
    ['/urging/policies', badDays],
    ['/hot-spots/rules', badRule],
  ];
  for (const [path, act] of own) {
    await page.goto(path);
    await act(page);
    await look();
  }
  for (const one of [context, planner.context]) await one.close();
});

test('pages of whoever takes a card are accessible', async () => {
  const office = await open(browser);
  await signIn(office.page, 'quantri');
  await office.page.goto('/accounts');
  await printCard(office.page);
  const card = new URL(await office.page.locator('.card .spelled').innerText()).pathname;
  await office.context.close();
  const { page, context, look } = await looker();
  await page.goto(card);
  await look();
  await page.locator('#password').fill('matkhau123456');
  await press(page, 'main form button');
  await look();
  await page.locator('#password').fill(ownPassword);
  await press(page, 'main form button');
  await page.goto('/account/one-time-codes');
  await turnCodesOn(page);
  await look();
  await context.close();
});

/** Turns one-time codes on, and gives their secret. @param {Page} page */
async function turnCodesOn(page) {
  const secret = await page.locator('input[name=secret]').inputValue();
  await page.locator('#code').fill(oneTimeCode(secret));
  await page.locator('#proof').fill(ownPassword);
  await press(page, 'form[action="/account/one-time-codes"] button');
  await page.locator('.codes').waitFor();
  return secret;
}

test('pages that wait for a code, and those of what is locked or approved, are accessible', async () => {
  const sender = await newcomer(browser, 'reporter', '06151');
  await sendMonths(sender.page, 1);
  const other = await newcomer(browser, 'reviewer', '06151');
  const { page, context, look } = await looker();
  await signIn(page, other.login, ownPassword);
  await other.page.goto('/account/one-time-codes');
  const secret = await turnCodesOn(other.page);
  await page.goto('/account/code');
  await look();
  await press(page, 'form[action="/account/code"] button');
  await look();

  const matrix = '/collection?form=thon-thang&period=2023-05';
  await page.goto(matrix);
  await press(page, 'form[action="/collection/lock"] button');
  await look();
  await page.goto('/review');
  await press(page, 'form[action^="/review/approve"] button');
  await look();
  await page.goto('/review');
  await follow('.queue a')(page);
  const judged = new URL(page.url()).pathname;
  await press(page, 'form[action$="/approve"] button');
  await look();
  await page.locator('input[name=one_time_code]').fill(oneTimeCode(secret, 1));
  await press(page, 'main form button');
  await look();
  await page.goto(judged);
  await press(page, 'form[action$="/reopen"] button');
  await look();
  await page.goto(matrix);
  await openLock(page);
  await page.locator('#lock-reason').fill('Đã chốt số liệu');
  await press(page, 'form[action="/collection/lock"] button');
  await openLock(page);
  await look();
  await press(page, 'form[action="/collection/open"] button');
  await look();
  for (const one of [context, other.context, sender.context]) await one.close();
});

/** Routes that draw no page: files, answers to programs, and deeds that only lead to a page. */
const withoutPage = [
  'GET /assets/{name}', 'GET /calendar/{secret}', 'GET /accounts/import/sample.csv', 'GET /attachments/{sha256}', 'GET /collection/rates.csv',
  'GET /entry/manifest.webmanifest', 'GET /entry/service-worker.js',
  'GET /grid/forms/{form}/periods/{period}/history', 'GET /grid/forms/{form}/periods/{period}/workbook',
  'GET /files/{id}', 'GET /heads.csv', 'GET /heads.xlsx', 'GET /health', 'GET /tasks/import/template.xlsx', 'GET /pack', 'GET /proofs/{position}',
  'GET /reports/{template}/style.css', 'GET /stocktakes/{id}/conclusions', 'GET /urging/letter',
  'POST /account/calendar/end', 'POST /account/delegations/{grant}/end', 'POST /account/sessions/{id}/end', 'POST /accounts/{id}/disable',
  'POST /accounts/{id}/grants/{grant}/end', 'POST /sign-out', 'POST /urging/hooks/{id}/end',
];

test('no page is left out of those that are accessible', () => {
  const access = fs.readFileSync(new URL('../../docs/access.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
  const routes = new Set(access.map((line) => line.split(',').slice(0, 2).join(' ')));
  const isPage = (/** @type {string} */ route) => !/^PUT | \/api\//.test(route) && !withoutPage.includes(route);
  const isLookedAt = (/** @type {string} */ route) => {
    const one = new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`);
    return [...lookedAt].some((answered) => one.test(answered));
  };
  assert.deepEqual([...routes].filter(isPage).filter((route) => !isLookedAt(route)), []);
  for (const route of withoutPage) assert.ok(routes.has(route), `${route} is no route`);
});

for (const [name, [path, act]] of Object.entries(places[''])) {
  if (act) continue;
  test(`${name} opens in Vietnamese and English without complaints`, async () => {
    const { page, context, complaints } = await open(browser);
    let refused = 0; // The browser reports the status of a missing page.
    for (const lang of ['vi', 'en']) {
      const joint = path.includes('?') ? '&' : '?';
      const answer = await page.goto(`${path}${joint}lang=${lang}`);
      refused += Number((answer?.status() ?? 0) >= 400);
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      assert.equal(await page.locator('h1').count(), 1);
    }
    assert.ok(complaints.length <= refused, complaints.join('\n'));
    await context.close();
  });
}
