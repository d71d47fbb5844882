package lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@code KEY=VALUE} words and client configurations. */
final class Settings {
  private Settings() {}

  static Map<String, String> parse(List<String> words) {
    Map<String, String> settings = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("expected KEY=VALUE, not " + word);
      }
      settings.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return settings;
  }

  static Properties client(String bootstrap, String... pairs) {
    Properties config = new Properties();
    config.put("bootstrap.servers", bootstrap);
    for (int i = 0; i < pairs.length; i += 2) {
      config.put(pairs[i], pairs[i + 1]);
    }
    return config;
  }
}
