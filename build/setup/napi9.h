// Lets an add-on that was written for Node-API 10 run on Node-API 9 (Node 20, Electron 33). Included before each of its
// sources. Version 10 allows references to any value (https://nodejs.org/api/n-api.html#napi_create_reference); here a
// string is held inside an object of ours and taken out again on the way back.
#pragma once
#ifdef __cplusplus
#include <node_api.h>

namespace napi9 {

constexpr const char* kHeld = "__deskbell_held_string";

inline napi_status create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type != napi_string) return napi_create_reference(env, value, count, result);

  napi_value holder;
  status = napi_create_object(env, &holder);
  if (status == napi_ok) status = napi_set_named_property(env, holder, kHeld, value);
  return status == napi_ok ? napi_create_reference(env, holder, count, result) : status;
}

inline napi_status get_reference_value(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr) return status;  // null: it was collected

  napi_valuetype type;
  status = napi_typeof(env, *result, &type);
  if (status != napi_ok || type != napi_object) return status;

  bool holds = false;
  status = napi_has_named_property(env, *result, kHeld, &holds);
  return status == napi_ok && holds ? napi_get_named_property(env, *result, kHeld, result) : status;
}

}  // namespace napi9

#define napi_create_reference napi9::create_reference
#define napi_get_reference_value napi9::get_reference_value
#endif
