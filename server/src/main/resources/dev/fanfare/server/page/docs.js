'use strict';

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();

async function start() {
  const settings = await (await fetch('/docs/settings.json')).json();
  for (const { path, title } of settings.links) {
    const link = document.createElement('a');
    link.href = path;
    link.textContent = title;
    document.getElementById('links').append(link);
  }
  document.getElementById('development').hidden = !settings.token;
  const ui = SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#docs',
    deepLinking: true,
    docExpansion: 'list',
    filter: true,
    tryItOutEnabled: true,
    validatorUrl: null,
    onComplete() {
      if (settings.token) ui.preauthorizeApiKey('token', settings.token);
      if (settings.apiKey) ui.preauthorizeApiKey('apiKey', settings.apiKey);
      if (settings.publishToken) ui.preauthorizeApiKey('publishToken', settings.publishToken);
    },
  });
}

start();
