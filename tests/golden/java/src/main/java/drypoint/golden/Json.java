package drypoint.golden;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of JSON as answers need; infinite numbers are the strings that name them. */
final class Json {
  private Json() {}

  /** An object of alternating names and values, in that order. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  static String text(Object value) {
    if (value instanceof String string) {
      return quoted(string);
    }
    if (value instanceof Double number && number.isInfinite()) {
      return quoted(number.toString());
    }
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((name, part) -> parts.add(quoted((String) name) + ": " + text(part)));
      return "{" + String.join(", ", parts) + "}";
    }
    if (value instanceof Collection<?> list) {
      return "[" + String.join(", ", list.stream().map(Json::text).toList()) + "]";
    }
    return String.valueOf(value);
  }

  private static String quoted(String string) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : string.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
