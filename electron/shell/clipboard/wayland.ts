/** Whether this is a session of Wayland's, in which no program hears keys that are meant for another. */
export const isWayland = (env: NodeJS.ProcessEnv): boolean =>
  env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== ''
