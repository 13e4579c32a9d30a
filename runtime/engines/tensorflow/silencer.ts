/**
 * Source of a small native module. The library says things on standard error while it loads, from code that runs before
 * any setting is read; JavaScript cannot redirect a file descriptor, `dup2` can.
 */
export const silencerSource = `
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

/* mute(): points standard error at /dev/null and returns a descriptor of what it was. */
static napi_value Mute(napi_env env, napi_callback_info info) {
  int saved = dup(STDERR_FILENO);
  int silent = open("/dev/null", O_WRONLY);
  if (saved >= 0 && silent >= 0) dup2(silent, STDERR_FILENO);
  if (silent >= 0) close(silent);
  napi_value result;
  napi_create_int32(env, saved, &result);
  return result;
}

/* restore(saved): makes standard error what it was. */
static napi_value Restore(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument;
  int saved = -1;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  napi_get_value_int32(env, argument, &saved);
  if (saved >= 0) {
    dup2(saved, STDERR_FILENO);
    close(saved);
  }
  return nullptr;
}

NAPI_MODULE_INIT() {
  napi_value function;
  napi_create_function(env, "mute", NAPI_AUTO_LENGTH, Mute, nullptr, &function);
  napi_set_named_property(env, exports, "mute", function);
  napi_create_function(env, "restore", NAPI_AUTO_LENGTH, Restore, nullptr, &function);
  napi_set_named_property(env, exports, "restore", function);
  return exports;
}
`;
