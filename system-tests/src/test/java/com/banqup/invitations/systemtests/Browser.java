package com.banqup.invitations.systemtests;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser with nobody's history, as a client's. */
final class Browser implements AutoCloseable {

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
		driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(10)).pageLoadTimeout(Duration.ofSeconds(30));
	}

	/** What a browser test needs and this machine lacks; empty when it has all. */
	static Optional<String> missing() {
		if (onPath("chromedriver").isEmpty()) {
			return Optional.of("no chromedriver on the PATH");
		}
		return browser().isEmpty() ? Optional.of("no chromium or google-chrome on the PATH") : Optional.empty();
	}

	static Browser open() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser().orElseThrow().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--window-size=390,844", "--lang=nl");
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
			.withSilent(true)
			.build();
		return new Browser(new ChromeDriver(service, options));
	}

	void visit(String url) {
		this.driver.get(url);
	}

	String url() {
		return this.driver.getCurrentUrl();
	}

	/** What a person can read on the page. */
	String text() {
		return this.driver.findElement(By.tagName("body")).getText();
	}

	String language() {
		return Optional.ofNullable(this.driver.findElement(By.tagName("html")).getDomAttribute("lang")).orElse("");
	}

	boolean has(String cssSelector) {
		this.driver.manage().timeouts().implicitlyWait(Duration.ZERO);
		try {
			return !this.driver.findElements(By.cssSelector(cssSelector)).isEmpty();
		}
		finally {
			this.driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(10));
		}
	}

	void type(String field, String value) {
		WebElement input = this.driver.findElement(By.name(field));
		if ("select".equals(input.getTagName())) {
			input.findElement(By.cssSelector("option[value='" + value + "']")).click();
			return;
		}
		input.clear();
		input.sendKeys(value);
	}

	/** Ticks a box or chooses a radio button. */
	void choose(String field, String value) {
		WebElement box = this.driver
			.findElement(By.cssSelector("input[name='%s'][value='%s']".formatted(field, value)));
		if (!box.isSelected()) {
			box.click();
		}
	}

	/** Presses the button that a selector finds, and waits for the page it leads to. */
	void press(String cssSelector) {
		WebElement button = this.driver.findElement(By.cssSelector(cssSelector));
		button.click();
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	private static Optional<Path> browser() {
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.flatMap((name) -> onPath(name).stream())
			.findFirst();
	}

	private static Optional<Path> onPath(String program) {
		List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		return folders.stream().map((folder) -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
	}

}
