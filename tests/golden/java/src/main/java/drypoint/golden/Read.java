package drypoint.golden;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads sketches and prints, as JSON, the answers by path. Arguments: kind path kind path ... */
final class Read {
  private Read() {}

  public static void main(String[] kindsAndPaths) throws IOException {
    Map<String, Object> answers = new LinkedHashMap<>();
    for (int i = 0; i + 1 < kindsAndPaths.length; i += 2) {
      String path = kindsAndPaths[i + 1];
      answers.put(path, Answers.of(kindsAndPaths[i], Files.readAllBytes(Path.of(path))));
    }
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Json.text(answers));
  }
}
