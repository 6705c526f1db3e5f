// What all tests of pages share. SERVER: its address; CHROMIUM: the program; PICTURES: a directory for screenshots.
import { chromium } from 'playwright-core';

export const { SERVER, PICTURES } = process.env;

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const REFUSAL = /^Failed to load resource|^WebSocket connection to/; // the browser logs what a server refuses

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });

// A page that says what went wrong in it, and what it loads from elsewhere.
export async function open(browser, path, options) {
  const page = await browser.newPage({ viewport: { width: 1240, height: 900 }, ...options });
  const problems = [];
  page.on('pageerror', error => problems.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !REFUSAL.test(message.text())) problems.push(message.text());
  });
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(SERVER) && !url.startsWith('data:')) problems.push(url);
  });
  page.setDefaultTimeout(20_000);
  await page.goto(SERVER + path);
  return { page, problems };
}
