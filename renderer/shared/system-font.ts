/** Marks a page on Linux, where base.css asks for Inter and Noto Sans: the system's usual font may be a wide one. */
if (navigator.userAgent.includes('Linux')) document.documentElement.dataset['system'] = 'linux'
