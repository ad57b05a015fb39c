// The words of the page itself. Developers and newcomers read them; what the bot says comes from the bot.

export const page = {
  title: "Joldosh",
  subtitle: "local chat",
  hint: "The whole bot on this machine. Nothing leaves it.",
  persons: "Persons",
  addPerson: "Add a person",
  welcome: "Try Joldosh as somebody",
  welcomeHint: "Everybody gets a phone of their own. Choose a person, or make one up.",
  name: "Name",
  language: "Language of their Telegram",
  noLanguage: "not told",
  add: "Add",
  cancel: "Cancel",
  reconnecting: "The server does not answer. Trying again…",
  failed: "The bot could not handle this. Its log says why.",
  offline: "The server does not answer.",
};

export const phone = {
  bot: "bot",
  typing: "typing…",
  blocked: "blocked by this person",
  more: "More",
  block: "Block the bot",
  unblock: "Unblock the bot",
  remove: "Remove this person",
  whatCanItDo: "What can this bot do?",
  nothingYet: "No messages here yet",
  message: "Message",
  send: "Send",
  attach: "Send something that is not text",
  commands: "Commands",
  keys: "Keys of the bot",
  toNewest: "To the newest message",
  edit: "Edit",
  editing: "Edit message",
  stopEditing: "Stop editing",
  edited: "edited",
  ok: "OK",
  today: "Today",
  call: "Call",
  open: "Open",
  save: "Save",
  unfold: "Show all of it",
  whereAreYou: "Where is this person?",
  whereHint: "The bot gets these numbers as Telegram would send them. They stay on this machine.",
  latitude: "Latitude",
  longitude: "Longitude",
  thisPlace: "This device",
  noPlace: "This device does not tell its place.",
  sendPlace: "Send",
  unreadable: "Something this page cannot show",
};

export const things = {
  photo: ["📷", "Photo"],
  voice: ["🎤", "Voice message"],
  video: ["🎬", "Video"],
  sticker: ["🐑", "Sticker"],
  document: ["📄", "document.pdf"],
  location: ["📍", "Location"],
  contact: ["👤", "Contact"],
};

// Places to try: the same numbers that the guide has for these cities.
export const places = [
  { name: "Москва", latitude: 55.752, longitude: 37.6178 },
  { name: "Екатеринбург", latitude: 56.8573, longitude: 60.6153 },
  { name: "Новосибирск", latitude: 55.0226, longitude: 82.9318 },
  { name: "Бишкек", latitude: 42.87, longitude: 74.59 },
];

// Telegram shows START in the language of the app.
export const start = {
  ky: "БАШТОО", ru: "НАЧАТЬ", en: "START", uz: "BOSHLASH", tg: "ОҒОЗ",
};

export const languages = {
  ky: "Кыргызча", ru: "Русский", uz: "O‘zbekcha", tg: "Тоҷикӣ", en: "English",
};

export const suggestions = [
  { name: "Айбек", language: "ky" },
  { name: "Дильноза", language: "ru" },
  { name: "Фируз", language: "tg" },
];
