"""Chromium opens every page: mathematics typeset, no error, folds by keyboard, light and dark, desktop and phone."""

import shutil

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="needs pip install -e '.[browser]'")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
VIEWS = {
    f"{screen}-{scheme}": (*size, scheme)
    for screen, size in (("desktop", (1300, 900)), ("phone", (390, 844)))
    for scheme in ("light", "dark")
}
TYPESET = """
const done = arguments[0];
document.querySelectorAll('details').forEach(e => { e.open = true; });
if (!document.querySelector('.math')) { done({formulas: 0, typeset: 0, errors: []}); }
else MathJax.startup.promise.then(() => MathJax.startup.document.lazyTypesetAll()).then(() => {
  const errors = [...document.querySelectorAll('mjx-merror, [data-mjx-error], [data-mml-node="merror"]')];
  done({formulas: document.querySelectorAll('.math').length,
        typeset: document.querySelectorAll('.math mjx-container').length,
        errors: errors.map(e => e.getAttribute('data-mjx-error') || e.textContent)});
});
"""


@pytest.fixture(scope="module")
def browser(site):
    assert CHROMIUM, "Chromium is missing: apt-get install chromium chromium-driver"
    assert DRIVER, "chromedriver is missing: apt-get install chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_script_timeout(180)
    yield driver
    driver.quit()


def emulate(browser, view):
    width, height, scheme = VIEWS[view]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.mark.parametrize("view", VIEWS)
def test_every_page(browser, site, pages, view):
    emulate(browser, view)
    wrong, formulas = [], 0
    for page in pages:
        name = f"{page.relative_to(site)} ({view})"
        browser.get(page.as_uri())
        found = browser.execute_async_script(TYPESET)
        formulas += found["formulas"]
        if found["errors"] or found["typeset"] < found["formulas"]:
            wrong.append(f"{name}: {found}")
        wrong += [f"{name}: {e['message']}" for e in browser.get_log("browser") if e["level"] == "SEVERE"]
        names = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        wrong += [f"{name}: fetched {n}" for n in names if not n.startswith(("file:", "data:", "blob:"))]
        wide = browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 1:
            wrong.append(f"{name}: the page is {wide} px wider than the screen")
    print(f"{len(pages)} pages, {formulas} formulas, {view}")
    assert formulas > 500
    assert not wrong


def appendix(browser, site):
    emulate(browser, "desktop-light")
    browser.get((site / "paper" / "appendix-a.html").as_uri())


def test_folds_open_with_the_keyboard(browser, site):
    from selenium.webdriver.common.keys import Keys

    appendix(browser, site)
    summary = browser.find_element("css selector", "details.mqb-fold > summary")
    for key, state in ((Keys.ENTER, True), (Keys.SPACE, False)):
        browser.execute_script("arguments[0].focus()", summary)
        assert browser.execute_script("return document.activeElement === arguments[0]", summary)
        summary.send_keys(key)
        assert browser.execute_script("return arguments[0].parentElement.open", summary) is state


def test_badges_and_formulas_speak(browser, site):
    appendix(browser, site)
    badges = browser.execute_script("return [...document.querySelectorAll('.mqb-badge')].map(e => e.textContent)")
    assert len(badges) > 40
    assert all(b.startswith("verdict: ") for b in badges)
    browser.execute_async_script(TYPESET)
    silent = "filter(e => !e.querySelector('mjx-assistive-mml')).length"
    assert browser.execute_script(f"return [...document.querySelectorAll('mjx-container')].{silent}") == 0


def contrast(one, other):
    def luminance(colour):
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("view", VIEWS)
def test_badges_have_contrast(browser, site, view):
    emulate(browser, view)
    browser.get((site / "paper" / "appendix-a.html").as_uri())
    colours = browser.execute_script(
        "return [...document.querySelectorAll('.mqb-badge')].map(e => { const s = getComputedStyle(e);"
        "return [s.color, s.backgroundColor].map(c => c.match(/\\d+/g).slice(0, 3).map(Number)); })"
    )
    assert all(contrast(*pair) >= 4.5 for pair in colours)
